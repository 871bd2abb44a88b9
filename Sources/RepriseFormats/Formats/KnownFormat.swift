/// A format that is not read, recognized by fixed bytes near its start.
struct KnownFormat: Sendable {
  /// The noun in messages, with its article.
  let name: String
  /// The offset of the fixed bytes.
  private let offset: Int
  /// The bytes; nil stands for any byte.
  private let bytes: [UInt8?]
  /// True if a file must also have a control character that no text has: its fixed bytes are few and
  /// could be the first word of a text.
  private let needsControl: Bool

  /// The length from which fixed bytes are certain, even if a text could begin with them.
  private static let certainCount = 7

  /// The number of bytes from the start of a file in which all fixed bytes lie.
  static let searchedByteCount = 512

  /// Recognizes content.
  ///
  /// - Parameter head: the first bytes of a file, at least ``searchedByteCount`` unless it is shorter.
  /// - Returns: the format; nil if it is none of the known ones.
  static func find(in head: UnsafeRawBufferPointer) -> KnownFormat? {
    guard let first = unsafe head.first else { return nil }
    for format in byFirstByte[Int(first)] where unsafe format.matches(head) { return format }
    for format in elsewhere where unsafe format.matches(head) { return format }
    return unsafe TarHeader.isValid(head) ? KnownFormat("a tar archive", 0, []) : nil
  }

  private func matches(_ head: UnsafeRawBufferPointer) -> Bool {
    guard head.count >= offset + bytes.count else { return false }
    // In bounds: by the guard.
    for (index, byte) in bytes.enumerated() {
      if let byte, unsafe head[offset + index] != byte { return false }
    }
    guard needsControl else { return true }
    return unsafe head.prefix(Self.searchedByteCount).contains(where: Self.isControl)
  }

  /// Whether a byte is a control character that texts do not have: any except white space, backspace
  /// and escape.
  private static func isControl(_ byte: UInt8) -> Bool {
    byte < 0x20 && !(0x08...0x0D).contains(byte) && byte != 0x1B || byte == 0x7F
  }

  /// True for Parquet, which is read from files that are neither compressed nor converted.
  var isParquet: Bool { name == Self.parquet }

  private static let parquet = "a Parquet file"

  private init(_ name: String, _ offset: Int, _ bytes: [UInt8?]) {
    self.name = name
    self.offset = offset
    self.bytes = bytes
    let fixed = bytes.compactMap(\.self)
    let isReadable = fixed.allSatisfy { $0 < 0x80 && !Self.isControl($0) }
    needsControl = isReadable && bytes.count < Self.certainCount
  }

  /// Creates a format from ASCII text, in which `.` stands for any byte.
  private init(_ name: String, at offset: Int = 0, _ text: String) {
    self.init(name, offset, text.utf8.map { $0 == UInt8(ascii: ".") ? nil : $0 })
  }

  private static let byFirstByte: [[KnownFormat]] = {
    var table = [[KnownFormat]](repeating: [], count: 256)
    for format in all where format.offset == 0 {
      if let first = format.bytes[0] { table[Int(first)].append(format) }
    }
    return table
  }()

  private static let elsewhere = all.filter { $0.offset > 0 || $0.bytes[0] == nil }

  private static let all = tables + archives + documents + images + sounds + fonts + programs

  private static let tables = [
    KnownFormat(parquet, "PAR1"),
    KnownFormat("an encrypted Parquet file", "PARE"),
    KnownFormat("an Arrow file", "ARROW1"),
    KnownFormat("a Feather file", "FEA1"),
    KnownFormat("an Arrow stream", 0, [0xFF, 0xFF, 0xFF, 0xFF, nil, nil, 0, 0, 0x10, 0, 0, 0]),
    KnownFormat("an Avro file", 0, [0x4F, 0x62, 0x6A, 0x01]),
    KnownFormat("an ORC file", 0, [0x4F, 0x52, 0x43, 0x0A]),
    KnownFormat("an ORC file", 0, [0x4F, 0x52, 0x43, 0x08]),
    KnownFormat("an SQLite database", 0, Array("SQLite format 3".utf8) + [0]),
    KnownFormat("an HDF5 file", 0, [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]),
    KnownFormat("a NetCDF file", 0, [0x43, 0x44, 0x46, 0x01]),
    KnownFormat("a NetCDF file", 0, [0x43, 0x44, 0x46, 0x02]),
    KnownFormat("a MATLAB file", "MATLAB 5.0 MAT-file"),
    KnownFormat("a NumPy array", 0, [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]),
    KnownFormat("a Python pickle", 0, [0x80, 0x02, 0x7D]),
    KnownFormat("a Python pickle", 0, [0x80, 0x02, 0x5D]),
    KnownFormat("a Python pickle", 0, [0x80, 0x03, 0x7D]),
    KnownFormat("a Python pickle", 0, [0x80, 0x03, 0x5D]),
    KnownFormat("a Python pickle", 0, [0x80, 0x04, 0x95]),
    KnownFormat("a Python pickle", 0, [0x80, 0x05, 0x95]),
    KnownFormat("an R data file", "RDX."),
    KnownFormat("a SAS file", at: 84, "SAS FILE"),
    KnownFormat("a GGUF file", "GGUF"),
    KnownFormat("a binary property list", "bplist00"),
    KnownFormat("a gdbm database", 0, [0xCE, 0x9A, 0x57, 0x13]),
    KnownFormat("a Berkeley database", 12, [0x62, 0x31, 0x05, 0x00]),
    KnownFormat("a Berkeley database", 12, [0x61, 0x15, 0x06, 0x00]),
    KnownFormat("a systemd journal", "LPKSHHRH"),
  ]

  private static let archives = [
    KnownFormat("a zip archive, or a document in one", 0, [0x50, 0x4B, 0x03, 0x04]),
    KnownFormat("an empty zip archive", 0, [0x50, 0x4B, 0x05, 0x06]),
    KnownFormat("a part of a zip archive", 0, [0x50, 0x4B, 0x07, 0x08]),
    KnownFormat("a tar archive", at: 257, "ustar"),
    KnownFormat("an xz file", 0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
    KnownFormat("a bzip2 file", "BZh.1AY&SY"),
    KnownFormat("an empty bzip2 file", 0, [0x42, 0x5A, 0x68, nil, 0x17, 0x72, 0x45, 0x38]),
    KnownFormat("a 7z archive", 0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
    KnownFormat("a rar archive", 0, Array("Rar!".utf8) + [0x1A, 0x07]),
    KnownFormat("an lz4 file", 0, [0x04, 0x22, 0x4D, 0x18]),
    KnownFormat("an lzip file", "LZIP"),
    KnownFormat("an lzop file", 0, [0x89, 0x4C, 0x5A, 0x4F, 0x00]),
    KnownFormat("a compress file", 0, [0x1F, 0x9D, 0x90]),
    KnownFormat("a snappy stream", 0, [0xFF, 0x06, 0x00, 0x00, 0x73, 0x4E, 0x61, 0x50]),
    KnownFormat("gzip data within compressed data", 0, [0x1F, 0x8B, 0x08]),
    KnownFormat("zstd data within compressed data", 0, [0x28, 0xB5, 0x2F, 0xFD]),
    KnownFormat("a cpio archive", "070701"),
    KnownFormat("a cpio archive", "070707"),
    KnownFormat("an ar archive or a Debian package", "!<arch>"),
    KnownFormat("an RPM package", 0, [0xED, 0xAB, 0xEE, 0xDB]),
    KnownFormat("a cabinet archive", 0, [0x4D, 0x53, 0x43, 0x46, 0, 0, 0, 0]),
    KnownFormat("a SquashFS image", "hsqs"),
    KnownFormat("a git pack", 0, [0x50, 0x41, 0x43, 0x4B, 0, 0, 0]),
    KnownFormat("a git index", 0, [0x44, 0x49, 0x52, 0x43, 0, 0, 0]),
    KnownFormat("a qcow image", 0, [0x51, 0x46, 0x49, 0xFB]),
    KnownFormat("a WARC file, such as a WET or a WAT file", "WARC/0."),
    KnownFormat("a WARC file, such as a WET or a WAT file", "WARC/1."),
  ]

  private static let documents = [
    KnownFormat("a PDF file", "%PDF-1."),
    KnownFormat("a PDF file", "%PDF-2."),
    KnownFormat("a PostScript file", "%!PS-Adobe"),
    KnownFormat("an RTF file", "{\\rtf1\\"),
    KnownFormat("an Office document", 0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
    KnownFormat("a DjVu file", "AT&TFORM"),
    KnownFormat("a Mobipocket book", at: 60, "BOOKMOBI"),
    KnownFormat("a compiled message catalogue", 0, [0xDE, 0x12, 0x04, 0x95]),
    KnownFormat("a compiled message catalogue", 0, [0x95, 0x04, 0x12, 0xDE]),
    KnownFormat("a compiled help file", 0, [0x49, 0x54, 0x53, 0x46, 0x03]),
  ]

  private static let images = [
    KnownFormat("a PNG image", 0, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
    KnownFormat("a JPEG image", 0, [0xFF, 0xD8, 0xFF]),
    KnownFormat("a GIF image", "GIF87a"),
    KnownFormat("a GIF image", "GIF89a"),
    KnownFormat("a TIFF image", 0, [0x49, 0x49, 0x2A, 0x00]),
    KnownFormat("a TIFF image", 0, [0x4D, 0x4D, 0x00, 0x2A]),
    KnownFormat("a BMP image", 0, [0x42, 0x4D, nil, nil, nil, nil, 0, 0, 0, 0]),
    KnownFormat("a WebP image", "RIFF....WEBP"),
    KnownFormat("an icon", 0, [0x00, 0x00, 0x01, 0x00]),
    KnownFormat("a Photoshop image", 0, [0x38, 0x42, 0x50, 0x53, 0x00]),
    KnownFormat("a JPEG 2000 image", 0, [0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20]),
    KnownFormat("a GIMP image", "gimp xcf "),
    KnownFormat("an FITS image", "SIMPLE  =  "),
    KnownFormat("a DICOM image", at: 128, "DICM"),
    KnownFormat("an OpenEXR image", 0, [0x76, 0x2F, 0x31, 0x01]),
  ]

  private static let sounds = [
    KnownFormat("a WAVE sound", "RIFF....WAVE"),
    KnownFormat("an AVI video", "RIFF....AVI "),
    KnownFormat("an AIFF sound", "FORM....AIF"),
    KnownFormat("an Ogg file", 0, [0x4F, 0x67, 0x67, 0x53, 0x00]),
    KnownFormat("a FLAC sound", "fLaC"),
    KnownFormat("an MP3 sound", 0, [0x49, 0x44, 0x33, nil, 0x00]),
    KnownFormat("an MP3 sound", 0, [0xFF, 0xFB]),
    KnownFormat("an MP4 video or a HEIF image", at: 4, "ftyp"),
    KnownFormat("a Matroska video", 0, [0x1A, 0x45, 0xDF, 0xA3]),
    KnownFormat("a Flash video", 0, [0x46, 0x4C, 0x56, 0x01]),
    KnownFormat("an MPEG video", 0, [0x00, 0x00, 0x01, 0xBA]),
    KnownFormat("a MIDI sound", 0, [0x4D, 0x54, 0x68, 0x64, 0, 0, 0, 6]),
    KnownFormat("an AU sound", 0, [0x2E, 0x73, 0x6E, 0x64, 0x00]),
    KnownFormat("an ASF video", 0, [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11]),
  ]

  private static let fonts = [
    KnownFormat("an OpenType font", 0, [0x4F, 0x54, 0x54, 0x4F, 0x00]),
    KnownFormat("a TrueType font", 0, [0x00, 0x01, 0x00, 0x00, 0x00]),
    KnownFormat("a TrueType collection", 0, [0x74, 0x74, 0x63, 0x66, 0x00]),
    KnownFormat("a WOFF font", "wOFF"),
    KnownFormat("a WOFF2 font", "wOF2"),
    KnownFormat("a Type 1 font", 0, [0x80, 0x01, nil, nil, 0x00, 0x00, 0x25, 0x21]),
    KnownFormat("a PCF font", 0, [0x01, 0x66, 0x63, 0x70]),
  ]

  private static let programs = [
    KnownFormat("an ELF program or library", 0, [0x7F, 0x45, 0x4C, 0x46]),
    KnownFormat("a Windows program", 0, [0x4D, 0x5A, 0x90, 0x00]),
    KnownFormat("a Mach-O program", 0, [0xCF, 0xFA, 0xED, 0xFE]),
    KnownFormat("a Mach-O program", 0, [0xCE, 0xFA, 0xED, 0xFE]),
    KnownFormat("a Java class or a Mach-O program", 0, [0xCA, 0xFE, 0xBA, 0xBE]),
    KnownFormat("a WebAssembly module", 0, [0x00, 0x61, 0x73, 0x6D]),
    KnownFormat("an Android program", 0, [0x64, 0x65, 0x78, 0x0A, 0x30]),
    KnownFormat("LLVM bitcode", 0, [0x42, 0x43, 0xC0, 0xDE]),
    KnownFormat("compiled Lua", 0, [0x1B, 0x4C, 0x75, 0x61]),
    KnownFormat("compiled Python", 0, [nil, 0x0D, 0x0D, 0x0A, nil, 0, 0, 0]),
    KnownFormat("compiled Python", 0, [0x03, 0xF3, 0x0D, 0x0A]),
    KnownFormat("compiled Emacs Lisp", 0, [0x3B, 0x45, 0x4C, 0x43, nil, 0x00]),
    KnownFormat("a terminal description", 0, [0x1A, 0x01]),
    KnownFormat("a terminal description", 0, [0x1E, 0x02]),
    KnownFormat("a time zone", "TZif"),
    KnownFormat("captured packets", 0, [0xD4, 0xC3, 0xB2, 0xA1]),
    KnownFormat("captured packets", 0, [0x0A, 0x0D, 0x0D, 0x0A]),
  ]
}

/// The header of an archive of the first version of tar, which has no fixed bytes.
private enum TarHeader {
  /// The place of the checksum: octal digits of the sum of all bytes, with spaces in this place.
  private static let checksum = 148..<156
  private static let byteCount = 512

  static func isValid(_ head: UnsafeRawBufferPointer) -> Bool {
    guard head.count >= byteCount else { return false }
    // In bounds: by the guard.
    let header = unsafe Array(head.prefix(byteCount))
    let digits = header[checksum].filter { $0 >= 0x30 && $0 <= 0x37 }
    let others = header[checksum].filter { $0 < 0x30 || $0 > 0x37 }
    guard !digits.isEmpty, others.allSatisfy({ $0 == 0 || $0 == 0x20 }) else { return false }
    let stated = digits.reduce(0) { $0 << 3 | Int($1 - 0x30) }
    let sum = header.indices.reduce(0) { sum, place in
      sum + (checksum.contains(place) ? 0x20 : Int(header[place]))
    }
    return stated == sum
  }
}
