import Storage

/// A database without tables that is being filled within one transaction.
struct Filling {
    private let tables: [TableLayout]

    /// Makes the schema as it was. Refused where there are tables already, or where the schema's tables are not those
    /// that are to come.
    init(
        _ migrations: [Migration], tables: [TableLayout], in session: inout Session
    ) throws(TransferFailure) {
        self.tables = tables
        let present: [TableLayout]
        let made: [TableLayout]
        do throws(StorageError) {
            present = try session.tableLayouts()
            if present.isEmpty { try session.buildSchema(migrations) }
            made = try session.tableLayouts()
        } catch { throw .storage(error) }
        guard present.isEmpty else { throw .notEmpty(tables: present.count) }
        guard made == tables else { throw .unknownSchema(migrations.suffix(1).map(\.name)) }
        do throws(StorageError) { try session.beginFilling() } catch { throw .storage(error) }
    }

    func insert(
        _ packet: TablePacket, into table: TableLayout, in session: inout Session
    ) throws(TransferFailure) {
        let rows: [[Cell]]
        do throws(RowCodec.Damage) {
            rows = try RowCodec.rows(packet.bytes, columns: table.columns.count)
        } catch { throw .damaged(.init(reason: .unreadable, offset: 0, table: table.name)) }
        do throws(StorageError) { try session.insert(rows, into: table) } catch { throw .storage(error) }
    }

    /// Reads everything again and compares it with what was to come.
    func finish(_ sums: [TableSum], in session: inout Session) throws(TransferFailure) {
        do throws(StorageError) { try session.endFilling() } catch { throw .storage(error) }
        for (table, sum) in zip(tables, sums) {
            let found = try session.packets(of: table) { _ throws(TransferFailure) in }
            guard found == sum else { throw .differs(table: table.name) }
        }
    }
}
