internal import CXLSXWriter

/// libxlsxwriter behind one class: it lives while one workbook is made.
@safe final class SheetWriter {
    private let workbook: UnsafeMutablePointer<lxw_workbook>
    private var formats: [String: UnsafeMutablePointer<lxw_format>] = unsafe [:]
    private static let font = "宋体"

    init?(path: String, createdAt: Int64) {
        guard let opened = unsafe workbook_new(path) else { return nil }
        unsafe workbook = opened
        var properties = unsafe lxw_doc_properties()
        unsafe properties.created = time_t(createdAt == 0 ? 1 : createdAt)
        unsafe workbook_set_properties(workbook, &properties)
    }

    func close() -> Int32 { Int32(unsafe workbook_close(workbook).rawValue) }

    func add(_ sheet: Sheet, name: String) {
        guard let page = unsafe workbook_add_worksheet(workbook, name) else { return }
        let last = UInt16(max(sheet.columns.count, 1) - 1)
        for (index, column) in sheet.columns.enumerated() {
            let place = UInt16(index)
            unsafe worksheet_set_column(page, place, place, column.widthCharacters, nil)
        }
        var row: UInt32 = 0
        unsafe line(sheet.title, row, last, format(size: 16, isBold: true, isCentred: true), page)
        unsafe worksheet_set_row(page, row, 30, nil)
        row += 1
        for note in sheet.notes {
            unsafe line(note, row, last, format(size: 10), page)
            row += 1
        }
        let heading = unsafe format(size: 11, isBold: true, isCentred: true, isFramed: true)
        for (index, column) in sheet.columns.enumerated() {
            unsafe worksheet_write_string(page, row, UInt16(index), column.title, heading)
        }
        unsafe worksheet_set_row(page, row, RowHeight.points(of: sheet.columns.map(\.title), in: sheet.columns), nil)
        unsafe worksheet_freeze_panes(page, row + 1, 0)
        unsafe worksheet_repeat_rows(page, row, row)
        for cells in sheet.rows {
            row += 1
            unsafe worksheet_set_row(page, row, RowHeight.points(of: cells.map(\.text), in: sheet.columns), nil)
            for (index, column) in sheet.columns.enumerated() {
                unsafe write(index < cells.count ? cells[index] : .empty, column, row, UInt16(index), page)
            }
        }
        for text in sheet.footer {
            row += 1
            unsafe line(text, row, last, format(size: 11), page)
        }
        unsafe worksheet_set_landscape(page)
        unsafe worksheet_set_paper(page, 9)
        unsafe worksheet_fit_to_pages(page, 1, 0)
        unsafe worksheet_set_footer(page, "&C第 &P 页,共 &N 页")
    }

    private func line(
        _ text: String, _ row: UInt32, _ last: UInt16, _ format: UnsafeMutablePointer<lxw_format>?,
        _ page: UnsafeMutablePointer<lxw_worksheet>
    ) {
        if last > 0 {
            unsafe worksheet_merge_range(page, row, 0, row, last, Self.clipped(text), format)
        } else {
            unsafe worksheet_write_string(page, row, 0, Self.clipped(text), format)
        }
    }

    private func write(
        _ cell: Sheet.Cell, _ column: Sheet.Column, _ row: UInt32, _ place: UInt16,
        _ page: UnsafeMutablePointer<lxw_worksheet>
    ) {
        func shape(_ usual: String?, centred: Bool = false) -> UnsafeMutablePointer<lxw_format>? {
            unsafe format(
                size: 11, isCentred: column.isCentred || centred, isFramed: true,
                number: column.numberFormat ?? usual)
        }
        switch cell {
        case .text(let text):
            let plain = unsafe format(
                size: 11, isCentred: column.isCentred, isFramed: true, number: nil)
            unsafe worksheet_write_string(page, row, place, Self.clipped(text), plain)
        case .integer(let number): unsafe worksheet_write_number(page, row, place, Double(number), shape("0"))
        case .number(let number) where !number.isFinite:
            unsafe worksheet_write_string(page, row, place, "—", shape(nil))
        case .number(let number): unsafe worksheet_write_number(page, row, place, number, shape("0.00"))
        case .share(_, 0): unsafe worksheet_write_string(page, row, place, "—", shape(nil))
        case .share(let part, let whole):
            unsafe worksheet_write_number(page, row, place, Double(part) / Double(whole), shape("0.00%"))
        case .instant(let milliseconds):
            // Spreadsheets count days from 1899-12-30 and know no zone: the number is China's wall clock.
            let days = (Double(milliseconds) / 1000 + 28_800) / 86_400 + 25_569
            unsafe worksheet_write_number(page, row, place, days, shape("yyyy-mm-dd hh:mm:ss", centred: true))
        case .empty: unsafe worksheet_write_blank(page, row, place, shape(nil))
        }
    }

    private func format(
        size: Double, isBold: Bool = false, isCentred: Bool = false, isFramed: Bool = false, number: String? = nil
    ) -> UnsafeMutablePointer<lxw_format>? {
        let key = "\(size) \(isBold) \(isCentred) \(isFramed) \(number ?? "")"
        if let known = unsafe formats[key] { return unsafe known }
        guard let made = unsafe workbook_add_format(workbook) else { return nil }
        unsafe format_set_font_name(made, Self.font)
        unsafe format_set_font_size(made, size)
        unsafe format_set_text_wrap(made)
        unsafe format_set_align(made, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        if isBold { unsafe format_set_bold(made) }
        if isCentred { unsafe format_set_align(made, UInt8(LXW_ALIGN_CENTER.rawValue)) }
        if isFramed { unsafe format_set_border(made, UInt8(LXW_BORDER_THIN.rawValue)) }
        if let number { unsafe format_set_num_format(made, number) }
        unsafe formats[key] = unsafe made
        return unsafe made
    }

    /// A field holds 32,767 characters; a longer text would be left out whole, so that its end is cut off visibly.
    private static func clipped(_ text: String) -> String {
        text.utf16.count <= 32_000 ? text : String(text.unicodeScalars.prefix(15_900)) + "……(其余略)"
    }
}
