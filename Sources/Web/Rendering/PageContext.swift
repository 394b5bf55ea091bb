import Mustache

/// What a template sees: `page` is the frame, every other name belongs to the page's model.
struct PageContext: MustacheParent {
    let page: Layout
    let model: any Sendable

    func child(named name: String) -> Any? {
        if name == "page" { return page }
        guard let child = Mirror(reflecting: model).children.first(where: { $0.label == name }) else { return nil }
        let mirror = Mirror(reflecting: child.value)
        guard mirror.displayStyle == .optional else { return child.value }
        return mirror.children.first?.value
    }
}
