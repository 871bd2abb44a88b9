internal import Reprise
import Testing

@testable import reprise

@Suite("Numbers for people")
struct NumbersTests {
  @Test(
    "have a comma before every three digits",
    arguments: [
      (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (12_345, "12,345"),
      (123_456, "123,456"), (1_234_567, "1,234,567"), (-1234, "-1,234"),
      (Int.min, "-9,223,372,036,854,775,808"),
    ])
  func grouped(number: Int, text: String) {
    #expect(Numbers.grouped(number) == text)
  }

  @Test(
    "name bytes in the largest unit",
    arguments: [
      (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1.0 KB"), (1234, "1.2 KB"),
      (99_949, "99.9 KB"), (99_950, "100 KB"), (999_499, "999 KB"), (999_500, "1.0 MB"),
      (1_234_567_890, "1.2 GB"), (Int.max, "9.2 EB"),
    ])
  func bytes(count: Int, text: String) {
    #expect(Numbers.bytes(count) == text)
  }

  @Test(
    "never round a share to none or all",
    arguments: [
      (0, 10, "0.0 %"), (10, 10, "100.0 %"), (1, 3, "33.3 %"), (1, 1_000_000, "< 0.1 %"),
      (999_999, 1_000_000, "> 99.9 %"), (0, 0, "0.0 %"), (1, 1000, "0.1 %"),
    ])
  func percent(part: Int, whole: Int, text: String) {
    #expect(Numbers.percent(part, of: whole) == text)
  }

  @Test(
    "give times in two units at most",
    arguments: [
      (0.0, "0.0 s"), (0.44, "0.4 s"), (9.94, "9.9 s"), (9.96, "10 s"), (59.4, "59 s"),
      (59.6, "1 min 00 s"), (185, "3 min 05 s"), (3599.7, "1 h 00 min"), (7800, "2 h 10 min"),
      (.infinity, "?"), (.nan, "?"),
    ])
  func duration(seconds: Double, text: String) {
    #expect(Numbers.duration(seconds) == text)
  }

  @Test(
    "round a similarity down",
    arguments: [
      (1.0, "1.0000"), (0.99999, "0.9999"), (0.8, "0.8000"), (0.29, "0.2900"), (0.0, "0.0000"),
      (2.0 / 3.0, "0.6666"),
    ])
  func similarity(value: Double, text: String) {
    #expect(Numbers.similarity(value) == text)
  }

  @Test(
    "keep their decimals",
    arguments: [
      (0.05, 1, "0.1"), (1.005, 0, "1"), (-2.25, 1, "-2.3"), (95.149, 2, "95.15"),
      (3.0, 2, "3.00"),
    ])
  func fixed(value: Double, decimals: Int, text: String) {
    #expect(Numbers.fixed(value, decimals: decimals) == text)
  }

  @Test("name rates")
  func rates() {
    #expect(Numbers.rate(123_400_000) == "123 MB/s")
    #expect(Numbers.rate(999) == "< 1 KB/s")
    #expect(Numbers.rate(.nan) == "< 1 KB/s")
  }
}
