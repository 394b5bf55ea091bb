public import Domain
import Kernel
public import Storage

/// What an administrator of the whole system sets. Every change stands in the log with the values before and after;
/// it holds from the next evaluation, nothing that was judged is judged anew.
public enum SettingOperations {
    public static func save<Settings: ParameterSettings>(
        _ settings: Settings, under key: String, by editor: RegistryEditor, context: inout OperationContext,
        in session: inout Session
    ) throws(RegistryFailure) {
        try check(editor)
        let objections = settings.objections
        guard objections.isEmpty else { throw .refused(objections.joined(separator: "；")) }
        do throws(StorageError) {
            let before: Settings = try SettingStore.load(key, in: &session)
            guard before != settings else { return }
            try SettingStore.set(key, settings.json, at: context.now, in: &session)
            try context.log(
                stream: "setting", key, "changed", ["before": before.json, "after": settings.json], in: &session)
        } catch { throw .storage(error) }
    }

    /// A20.
    public static func setGrace(
        _ grace: LateGrace, by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(RegistryFailure) {
        try check(editor)
        do throws(SpotCheckFailure) {
            try SpotCheckSettings.setGrace(grace, by: editor, context: &context, in: &session)
        } catch {
            switch error {
            case .storage(let failure): throw .storage(failure)
            case .notFound, .forbidden, .refused, .gaps, .problem: throw .refused(error.text)
            }
        }
    }

    private static func check(_ editor: RegistryEditor) throws(RegistryFailure) {
        guard editor.role == .admin, editor.scope == .system else { throw .forbidden("全系统的设置由系统管理员改") }
    }
}
