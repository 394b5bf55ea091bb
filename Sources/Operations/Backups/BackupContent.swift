import Kernel
import Storage

/// The order of a backup's blocks: head; each table of the manifest by name, then its rows; foot; nothing more.
enum BackupContent {
    /// Reads all of it; `visit` sees the rows table by table. Sums are compared before a table is left.
    static func read(
        _ path: String, watch: BackupOperations.Watch,
        _ visit: (TableLayout, TablePacket) throws(TransferFailure) -> Void
    ) throws(TransferFailure) -> BackupManifest {
        let reader = try BackupReader(path)
        guard let head = try reader.next() else { throw reader.damage(.cutOff, at: 0) }
        guard head.kind == .head, let json = try? JSON.parse(head.content), var manifest = BackupManifest(head: json)
        else { throw reader.damage(.unreadable, at: head.offset) }
        var places: [UInt64] = []
        var done: Int64 = 0
        var table: TableLayout?
        var hash = RunningHash()
        var count: Int64 = 0
        func leave() {
            guard let table else { return }
            manifest.sums.append(TableSum(table: table.name, rowCount: count, hash: hash.digest))
        }
        while let block = try reader.next() {
            switch block.kind {
            case .head: throw reader.damage(.disorder, at: block.offset)
            case .table:
                leave()
                guard places.count < manifest.tables.count,
                    [UInt8](manifest.tables[places.count].name.utf8) == block.content
                else { throw reader.damage(.disorder, at: block.offset) }
                table = manifest.tables[places.count]
                places.append(block.offset)
                (hash, count) = (RunningHash(), 0)
                (reader.table, reader.row) = (table?.name, 1)
            case .rows:
                guard let table else { throw reader.damage(.disorder, at: block.offset) }
                let rows = try rows(block, of: table, reader)
                hash.add(block.content)
                count += Int64(rows)
                done += Int64(rows)
                reader.row = count + 1
                try visit(table, TablePacket(rowCount: rows, bytes: block.content))
                watch(TransferProgress(table: table.name, rowCount: done, total: 0))
            case .foot:
                leave()
                guard places.count == manifest.tables.count else { throw reader.damage(.disorder, at: block.offset) }
                try compare(manifest, foot: block, places: places)
                guard try reader.next() == nil else { throw reader.damage(.disorder, at: block.offset) }
                return manifest
            }
        }
        throw reader.damage(.cutOff, at: places.last ?? 0)
    }

    private static func rows(
        _ block: BackupBlock, of table: TableLayout, _ reader: BackupReader
    ) throws(TransferFailure) -> Int {
        do throws(RowCodec.Damage) {
            return try RowCodec.rows(block.content, columns: table.columns.count).count
        } catch {
            throw reader.damage(.unreadable, at: block.offset)
        }
    }

    private static func compare(
        _ manifest: BackupManifest, foot: BackupBlock, places: [UInt64]
    ) throws(TransferFailure) {
        guard let json = try? JSON.parse(foot.content), let sums = BackupManifest.sums(json),
            sums.count == manifest.sums.count
        else { throw .damaged(.init(reason: .unreadable, offset: foot.offset)) }
        for (number, (expected, found)) in zip(sums, manifest.sums).enumerated() where expected != found {
            throw .damaged(
                .init(
                    reason: .sumDiffers(expected: expected.rowCount, found: found.rowCount),
                    offset: places[number], table: found.table))
        }
    }
}
