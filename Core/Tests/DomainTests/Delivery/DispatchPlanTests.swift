import Kernel
import Testing

@testable import Domain

@Suite struct DispatchPlanTests {
    private let group = DispatchPlan.Pace(limitPerMinute: 20, isGroup: true, textBytesMax: 4_000)

    private func item(
        _ key: String, _ level: Level = .yellow, cause: String? = nil, to recipient: String = "a", at second: Int64 = 0,
        parcel: String? = nil
    ) -> DispatchPlan.Item {
        DispatchPlan.Item(
            key: key, cause: cause ?? key, recipient: recipient, level: level,
            createdAt: Timestamp(milliseconds: second * 1_000), parcel: parcel, textBytes: 100)
    }

    /// Sends until nothing is left, a minute's limit at a time; the messages in order.
    private func drain(_ items: [DispatchPlan.Item], pace: DispatchPlan.Pace) -> (messages: [[String]], worst: Int) {
        var left = items
        var messages: [[String]] = []
        var worst = 0
        while !left.isEmpty, messages.count < 1_000 {
            var sent = 0
            while let keys = DispatchPlan.next(of: left, sent: sent, pace: pace) {
                messages.append(keys)
                left.removeAll { keys.contains($0.key) }
                sent += 1
            }
            worst = max(worst, sent)
            if sent == 0 { break }
        }
        return (messages, worst)
    }

    @Test func `a hundred yellow and a red: red first and alone, the yellow merged, none lost, the limit kept`() {
        var items = (0..<100).map { item("y\($0)", at: Int64($0)) }
        items.append(item("red", .red, at: 500))
        let (messages, worst) = drain(items, pace: group)
        #expect(messages.first == ["red"])
        #expect(messages.count < 12)
        #expect(messages.dropFirst().allSatisfy { !$0.contains("red") })
        #expect(messages.flatMap { $0 }.sorted() == items.map(\.key).sorted())
        #expect(worst <= 20)
    }

    @Test func `a flood of others leaves room for a red one in the same minute`() {
        let flood = (0..<40).map { item("y\($0)") }
        #expect(DispatchPlan.next(of: flood, sent: 15, pace: group) == nil)
        #expect(DispatchPlan.next(of: flood + [item("red", .red)], sent: 15, pace: group) == ["red"])
        #expect(DispatchPlan.next(of: flood + [item("red", .red)], sent: 19, pace: group) == ["red"])
        #expect(DispatchPlan.next(of: [item("red", .red)], sent: 20, pace: group) == nil)
    }

    @Test func `red ones are never merged with each other`() {
        let reds = (0..<50).map { item("r\($0)", .red) }
        let (messages, _) = drain(reds, pace: group)
        #expect(messages.count == 50)
        #expect(messages.allSatisfy { $0.count == 1 })
    }

    @Test func `the recipients of one cause are one message in a group and several elsewhere`() {
        let items = ["a", "b", "c"].map { item("k-" + $0, .red, cause: "w/1", to: $0) } + [item("z", .red)]
        #expect(DispatchPlan.next(of: items, sent: 0, pace: group) == ["k-a", "k-b", "k-c"])
        let single = DispatchPlan.Pace(limitPerMinute: 20, isGroup: false, textBytesMax: 400)
        #expect(DispatchPlan.next(of: items, sent: 0, pace: single) == ["k-a"])
    }

    @Test func `a digest to persons holds what is one person's`() {
        let items = (0..<60).map { item("k\($0)", to: $0 % 2 == 0 ? "a" : "b", at: Int64($0)) }
        let pace = DispatchPlan.Pace(limitPerMinute: 4, isGroup: false, textBytesMax: 1_000)
        let first = DispatchPlan.next(of: items, sent: 0, pace: pace) ?? []
        #expect(first.count == 10)
        #expect(first.allSatisfy { Int($0.dropFirst()).map { $0 % 2 == 0 } ?? false })
        #expect(drain(items, pace: pace).messages.flatMap { $0 }.sorted() == items.map(\.key).sorted())
    }

    @Test func `a parcel that was tried goes out again as it was`() {
        let items = [item("a", parcel: "p"), item("b", parcel: "p"), item("c", at: 5), item("d", .orange, at: 9)]
        #expect(DispatchPlan.next(of: items, sent: 0, pace: group) == ["d"])
        #expect(DispatchPlan.next(of: Array(items.prefix(3)), sent: 0, pace: group) == ["a", "b"])
    }

    @Test func `without a limit each goes alone, red first`() {
        let items = [item("y"), item("o", .orange), item("r", .red, at: 9)]
        #expect(drain(items, pace: .free).messages == [["r"], ["o"], ["y"]])
        #expect(DispatchPlan.next(of: [], sent: 0, pace: .free) == nil)
    }
}
