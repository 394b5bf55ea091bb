extension String {
    /// Without white space at its ends: ASCII, no-break and full-width spaces.
    public var trimmedOfSpace: String {
        let isSpace: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace || $0 == "\u{FEFF}" }
        var scalars = unicodeScalars[...]
        while let first = scalars.first, isSpace(first) { scalars.removeFirst() }
        while let last = scalars.last, isSpace(last) { scalars.removeLast() }
        return String(scalars)
    }

    /// Full-width letters, digits and brackets made half-width, spaces taken out, lower case: for comparing names.
    package var foldedForComparison: String {
        var output = String.UnicodeScalarView()
        for scalar in unicodeScalars where !scalar.properties.isWhitespace {
            let narrow = (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) : scalar
            output.append(narrow ?? scalar)
        }
        return String(output).lowercased()
    }
}

extension Double {
    /// As people write it: no `.0` after a whole number.
    public var plainText: String {
        if self == rounded(), abs(self) < 1e15 { return String(Int64(self)) }
        return String(self)
    }
}
