import RepriseTestSupport
import Testing

@testable import RepriseEngine

@Suite("Titles")
struct TitleTests {
  private func title(_ text: String) -> String {
    let bytes = Array(text.utf8)
    return unsafe bytes.withUnsafeBytes { bytes in
      unsafe String(decoding: Title.find(in: bytes), as: UTF8.self)
    }
  }

  @Test(
    "are the first line that is a sentence or a heading",
    arguments: [
      ("The lamp by the river\nIt was dark.", "The lamp by the river"),
      ("\u{FEFF}  \r\n The lamp by the river \r\nIt was", "The lamp by the river"),
      ("The lamp by the river\rIt was dark", "The lamp by the river"),
      ("----------\n\nA quiet evening at the harbour", "A quiet evening at the harbour"),
      (
        "RAY TANGT/AGENCY/GETTY IMAGES\nShow Hide image\n\nHow the movement ran out of steam",
        "How the movement ran out of steam"
      ),
      ("THE LAMP BY THE RIVER\nIt was dark that evening.", "THE LAMP BY THE RIVER"),
      (
        "---\neip: 1\ntitle: \"EIP Purpose and Guidelines\"\nstatus: Living\n---\nText of it",
        "EIP Purpose and Guidelines"
      ),
      (
        "From: bob@example.org (Bob)\nDate: Mon\nSubject: Re: The lamp\n\nSubject: none",
        "Re: The lamp"
      ),
      ("# Get-WmiObject\n\n## SYNOPSIS\nGets the instances of the classes.", "Get-WmiObject"),
      ("# <a name=\"part-type\"></a>Part of the type<b>!</b>\n", "Part of the type"),
      (
        "[[file:x.jpg|thumb|a ship in the harbour]]\nThe transport system of the country",
        "The transport system of the country"
      ),
      (
        "> [!IMPORTANT]\n> This content is archived and is not updated.",
        "This content is archived and is not updated."
      ),
      ("地球儀\n牧野信一\n", "地球儀"),
      ("two WORDS!", "two WORDS!"), ("...", "..."), ("", ""), (" \n\t", ""),
      ("x\ny\nz", "x"),
    ])
  func examples(text: String, expected: String) {
    #expect(title(text) == expected)
  }

  @Test("have at most 80 bytes, whole characters, and end within the text")
  func anyText() {
    var random = seeded(8)
    let pieces = [
      "a", "Ab", " ", "\n", "\r", "---", "#", "<", ">", "é", "語", "😀", ":", "title:", "From: ",
    ]
    for _ in 0..<3000 {
      let text = (0..<random.below(60)).map { _ in
        random.pick(pieces)
      }.joined()
      let title = title(text)
      #expect(title.utf8.count <= 80 && text.contains(title) && !title.contains("\u{FFFD}"))
      #expect(!title.contains("\n") && title.trimmingPrefix(" ") == title)
    }
  }
}
