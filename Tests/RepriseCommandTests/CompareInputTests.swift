import Foundation
import Testing

@Suite("Inputs of compare")
struct CompareInputTests {
  private static let preparation = """
    one=$(seq -s ' ' 1 120); two=$(seq -s ' ' 60 190)
    echo "$one" > one.txt; echo "$two" > two.txt
    printf '{"id":1,"body":"%s"}\\n\\n{"id":2,"body":"%s","text":"words"}\\n' "$one" "$two" > all.jsonl
    printf '{"id":1,"body":"%s"}\\n' "$one" > single.jsonl
    printf '[{"body":"%s"},\\n {"body":"%s"}]' "$one" "$two" > array.json
    printf '{\\n "body": "%s",\\n "more": {"a": 1}\\n}\\n' "$two" > object.json
    values() { $reprise compare --json "$@" | sed 's/"path":"[^"]*"//g'; }
    refuse() { $reprise compare "$@" && false || echo $?; }

    """

  private func run(_ script: String) throws -> ShellRun {
    let folder = try CommandRun()
    defer { folder.remove() }
    return try ShellRun(Self.preparation + script, in: folder.folder)
  }

  @Test("records, standard input and compressed files are compared as the texts in them")
  func equal() throws {
    let run = try run(
      """
      values one.txt two.txt > expected
      check() { "$@" | cmp expected - && echo same; }
      check values single.jsonl object.json --text-field body
      check values 'all.jsonl#1' 'all.jsonl#3' --text-field body
      check values 'array.json#1' 'array.json#2' --text-field body
      check values one.txt 'all.jsonl#3' --text-field body
      check values - two.txt < one.txt
      check values one.txt - < two.txt
      gzip -c one.txt > packed; zstd -q two.txt -o two.zst
      check values packed two.zst
      cat packed | check values - two.txt
      zstd -q all.jsonl -o lines; cat lines | check values --text-field body -- '-#1' lines#3
      cp all.jsonl 'all.jsonl#4'; values 'all.jsonl#4' all.jsonl | grep -o '"exact_duplicates":true'
      """)
    #expect(run.stderr == "")
    #expect(run.stdout == String(repeating: "same\n", count: 9) + "\"exact_duplicates\":true\n")
  }

  @Test("encodings are named or detected")
  func encodings() throws {
    let run = try run(
      """
      text='Der Präsident der Behörde erklärte am Dienstag, daß die Prüfung der größten Brücke über den Fluß beendet sei'
      echo "$text" > utf8.txt
      iconv -f UTF-8 -t ISO-8859-1 utf8.txt > latin1.txt
      iconv -f UTF-8 -t CP850 utf8.txt > cp850.txt
      iconv -f UTF-8 -t UTF-16 utf8.txt > utf16.txt
      same() { $reprise compare "$@" --json | grep -o '"exact_duplicates":[a-z]*'; }
      same utf8.txt latin1.txt
      same utf8.txt latin1.txt --encoding latin1 || true
      same latin1.txt utf16.txt --encoding latin1
      same cp850.txt utf16.txt --encoding cp850
      same utf8.txt latin1.txt --encoding auto
      echo "{\\"text\\":\\"$text\\"}" | iconv -f UTF-8 -t ISO-8859-1 > latin1.jsonl
      printf %s "$text" > line.txt
      same latin1.jsonl line.txt --text-field text --encoding auto
      """)
    let words = run.stdout.split(separator: "\n").map { $0.split(separator: ":").last ?? "" }
    #expect(words == ["false", "false", "true", "true", "true", "true"])
    #expect(run.stderr == "")
  }

  @Test("what is no text, or no record, is refused with a sentence")
  func refused() throws {
    let run = try run(
      """
      printf '\\211PNG\\r\\n\\032\\n rest' > image; head -c 3000 /bin/ls > program
      seq 1 2000 | tr '0-9' '\\200-\\211' > binary; mkdir folder
      printf '\\377\\376a\\0' > marked
      for bad in image program binary folder absent; do refuse one.txt $bad; done
      refuse image one.txt --text-field body
      refuse all.jsonl one.txt --text-field body
      refuse object.json one.txt --text-field content
      refuse single.jsonl one.txt --text-field content
      refuse 'all.jsonl#2' one.txt --text-field body
      refuse 'all.jsonl#1' one.txt
      refuse 'one.txt#1' two.txt
      refuse one.txt two.txt --encoding utf-9
      refuse - -
      """)
    #expect(run.stdout == String(repeating: "2\n", count: 14))
    let sentences = run.stderr.split(separator: "\n").filter { $0.hasPrefix("reprise: ") }
    let expected = [
      "\"image\": this is a PNG image, which is not read.",
      "\"program\": this is an ELF program or library, which is not read.",
      "\"binary\": This is not text, or not in the expected encoding: 0 NUL bytes and 6893 invalid "
        + "sequences in 8893 bytes. If it is text, name its encoding with --encoding (auto finds many).",
      "\"folder\": cannot be read (Is a directory).",
      "\"absent\": cannot be opened (No such file or directory).",
      "\"image\": this is a PNG image, which is not read.",
      "\"all.jsonl\": there are 2 records; name one by its line, as in all.jsonl#1.",
      "\"object.json\": The record has no field \"content\". Its first fields are \"body\", \"more\".",
      "\"single.jsonl\", line 1, byte 0: The record has no field \"content\". Its first fields are "
        + "\"id\", \"body\".",
      "\"all.jsonl\", line 2: no record begins on this line.",
      "\"all.jsonl\", line 1, byte 0: The record has no field \"text\". Its first fields are \"id\", "
        + "\"body\".",
      "\"one.txt\": this is a text, which has no records.",
      "unknown encoding \"UTF-9\"; \"UTF-8\" is similar.",
      "Standard input (-) can be read only once.",
    ]
    #expect(sentences.map { String($0.dropFirst("reprise: ".count)) } == expected)
  }
}
