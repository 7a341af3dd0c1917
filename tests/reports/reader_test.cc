// Files of all formats, good and broken, become reports and named problems.
#include "src/reports/reader.h"

#include <zlib.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/temporary_folder.h"

namespace sitgraph::reports {
namespace {

constexpr char kText[] = "Government forces took the hill above the town on Monday according to the ministry.";

// Sanitizers hold memory of their own, and are slow.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kMeasured = false;
constexpr int kMegabytes = 40;
#else
constexpr bool kMeasured = true;
constexpr int kMegabytes = 200;
#endif

std::string Gzip(const std::string& bytes) {
  std::string out(compressBound(bytes.size()) + 64, '\0');
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string in = bytes;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// One line an item: "id|title|text" of a report, "! line: message" of a problem.
std::vector<std::string> ReadAll(std::vector<std::string> paths, ReaderOptions options = {}) {
  ReportSource source(std::move(paths), std::move(options));
  std::vector<std::string> items;
  while (auto item = source.Next()) {
    if (const auto* report = std::get_if<Report>(&*item)) {
      items.push_back(report->id + "|" + report->title + "|" + report->text);
    } else {
      const auto& skipped = std::get<Skipped>(*item);
      CHECK_FALSE(skipped.error.place.file.empty());
      items.push_back("! " + std::to_string(skipped.error.place.line) + ": " + skipped.error.message);
    }
  }
  CHECK(source.files_done() == source.files_total());
  CHECK_FALSE(source.Next());
  return items;
}

using Items = std::vector<std::string>;

TEST_CASE("a folder of every format, in order of names") {
  const test::TemporaryFolder folder;
  folder.Write("b.txt", kText);
  folder.Write("a.html", "<p>" + std::string(kText));
  folder.Write("c/d.txt.gz", Gzip(kText));
  folder.Write("e.jsonl", "{\"id\": 7, \"title\": \"T one two\", \"text\": \"" + std::string(kText) + "\"}\n");
  folder.Write("f.csv", "ID,Headline,Body\nx1,\"T, three\",\"" + std::string(kText) + "\"\n");
  folder.Write("g.tsv", "id\ttext\nx2\t" + std::string(kText) + "\n");
  folder.Write("h.PDF", "%PDF-1.4");
  folder.Write("picture.png", "\x89PNG");
  folder.Write(".hidden.txt", kText);
  const std::string text = kText;
  CHECK(ReadAll({folder.path()}) == Items{"a||" + text, "b||" + text, "d||" + text, "7|T one two|" + text,
                                          "x1|T, three|" + text, "x2||" + text, "! 0: unknown format \".pdf\""});
}

TEST_CASE("broken inputs are named and lose nothing else") {
  const test::TemporaryFolder folder;
  const std::string text = kText;
  const std::string good = folder.Write("good.txt", kText);
  const std::string missing = folder.File("missing.txt");
  const std::string paths[] = {
      folder.Write("empty.txt", ""),
      folder.Write("blank.txt", " \n \n"),
      folder.Write("binary.txt", std::string("\0\1\2\3\0\0", 6)),
      folder.Write("broken.txt", "Syria\u2019s army \u201Cleft\u201D the\ntown\xFF"),
      folder.Write("cut.txt.gz", Gzip(text).substr(0, 40)),
      folder.Write("notext.html", "<html><title>x</title></html>"),
      folder.Write("empty.jsonl", "\n\n"),
      folder.Write("empty.csv", ""),
      folder.Write("columns.csv", "a,b\n1,2\n"),
      folder.Write("odd.json", "[\n{\"text\": \"a\"}]"),
  };
  std::vector<std::string> all = {good, missing};
  all.insert(all.end(), std::begin(paths), std::end(paths));
  all.push_back(good);
  CHECK(ReadAll(all) == Items{"good||" + text, "! 0: no such file or folder", "! 0: empty", "! 0: empty",
                              "! 0: binary content", "! 2: invalid UTF-8 at byte 34", "! 0: gzip data ends early",
                              "! 0: no text in the page", "! 0: empty", "! 0: empty",
                              "! 1: no column for the text; the columns are: a, b", "! 0: unknown format",
                              "good||" + text});
}

TEST_CASE("a folder that cannot be read is skipped by name, and its neighbours are read") {
  const test::TemporaryFolder folder;
  folder.Write("a/first.txt", kText);
  folder.Write("z/last.txt", kText);
  test::MakeUnreadableFolder(folder.File("m"));
  const std::string text = kText;
  CHECK(ReadAll({folder.path()}) ==
        Items{"first||" + text, "last||" + text, "! 0: cannot list the folder: File name too long"});
}

TEST_CASE("a broken line of JSON Lines costs that line") {
  const test::TemporaryFolder folder;
  const std::string text = kText;
  const std::string path = folder.Write(
      "r.jsonl",
      "\xEF\xBB\xBF{\"id\": \"a\", \"text\": \"" + text + "\"}\n\n{\"text\": \n[1]\n{\"title\": \"x\"}\n" +
          "{\"text\": 5.5}\n{\"text\": \" \"}\n{\"text\": \"\\ud800\"}\n{\"text\": \"Syria\u2019s \u201C \xFF\"}\n" +
          "{\"body\": \"" + text + "\", \"id\": \"b\"}\r\n" + std::string(3000, '[') + "\n" +
          "{\"id\": \"c\", \"text\": \"caf\xE9 " + text + "\"}");
  const Items items = ReadAll({path});
  REQUIRE(items.size() == 11);
  CHECK(items[0] == "a||" + text);
  CHECK(items[1] == "! 3: not JSON: Invalid value");
  CHECK(items[2] == "! 4: not a JSON object");
  CHECK(items[3] == "! 5: no text");
  CHECK(items[4] == "! 6: the text is not a string");
  CHECK(items[5] == "! 7: empty: the report has no text");
  CHECK(items[6].substr(0, 13) == "! 8: not JSON");
  CHECK(items[7].substr(0, 21) == "! 9: invalid UTF-8 at");
  CHECK(items[8] == "b||" + text);
  CHECK(items[9].substr(0, 14) == "! 11: not JSON");
  CHECK(items[10] == "c||caf\u00E9 " + text);
}

TEST_CASE("fields of a table and of JSON fill the report") {
  const test::TemporaryFolder folder;
  const std::string csv =
      folder.Write("r.csv", "unit_id,article_title,article_content,source,date,URL,author\n9,Army takes hill,\"" +
                                std::string(kText) + "\",The Paper,7/21/16,https://e.example/9,Ann Other\n");
  const std::string json =
      folder.Write("r.jsonl", "{\"headline\": \"Army takes\\nhill\", \"content\": \"" + std::string(kText) +
                                  "\", \"publisher\": \"The Paper\", \"published\": \"2016-07-21T10:00:00Z\", "
                                  "\"link\": \"https://e.example/9\", \"authors\": [\"Ann Other\"]}\n");
  ReportSource source({csv, json});
  for (int i = 0; i < 2; ++i) {
    INFO(i);
    auto item = source.Next();
    REQUIRE(item);
    const auto& report = std::get<Report>(*item);
    CHECK(report.title == "Army takes hill");
    CHECK(report.publisher == "The Paper");
    CHECK(report.author == "Ann Other");
    CHECK(report.uri == "https://e.example/9");
    CHECK(base::ToIso(report.published) == "2016-07-21");
    CHECK(report.origin.line == (i == 0 ? 2 : 1));
    CHECK(report.id == (i == 0 ? "9" : "r-" + TextSha256(report).substr(0, 8)));
  }
}

TEST_CASE("columns named by the user") {
  const test::TemporaryFolder folder;
  const std::string path = folder.Write("r.csv", "key,what,text\nk1," + std::string(kText) + ",other\n");
  ReaderOptions options;
  options.columns.text = "What";
  options.columns.id = "key";
  CHECK(ReadAll({path}, options) == Items{"k1||" + std::string(kText)});
  options.columns.text = "whut";
  ReportSource source({path}, options);
  const auto item = source.Next();
  REQUIRE(item);
  CHECK(std::get<Skipped>(*item).error.message == "no column \"whut\"");
  CHECK(std::get<Skipped>(*item).error.hint == "did you mean \"what\"?");
}

TEST_CASE("a broken row of a table costs that row") {
  const test::TemporaryFolder folder;
  const std::string text = kText;
  const std::string path =
      folder.Write("r.csv", "id,text\na," + text + "\nb\nc,\"x\" y\nd,\ne," + text + "\nf,\"open\ng," + text + "\n");
  CHECK(ReadAll({path}) == Items{"a||" + text, "! 3: row has 1 fields, the header has 2",
                                 "! 4: text after a closing quote", "! 5: empty: the report has no text", "e||" + text,
                                 "! 7: quoted field is not closed", "g||" + text});
}

TEST_CASE("content decides where the name does not") {
  const test::TemporaryFolder folder;
  const std::string text = kText;
  CHECK(ReadAll({folder.Write("page.txt", "<!DOCTYPE html><p>" + text)}) == Items{"page||" + text});
  CHECK(ReadAll({folder.Write("lines.data", "{\"text\": \"" + text + "\", \"id\": \"q\"}\n")}) == Items{"q||" + text});
  CHECK(ReadAll({folder.Write("plain", text)}) == Items{"plain||" + text});
  ReaderOptions options;
  options.format = Format::kCsv;
  CHECK(ReadAll({folder.Write("table.dat", "id,text\nr," + text + "\n")}, options) == Items{"r||" + text});
  std::string utf16 = "\xFF\xFE";
  for (const char c : "id,text\nw," + text + "\n") (utf16 += c) += '\0';
  CHECK(ReadAll({folder.Write("wide.csv", utf16)}) == Items{"w||" + text});
}

// The most memory that this process has held since ResetPeak, or 0 where the system does not tell.
size_t PeakKib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind("VmHWM:", 0) == 0) return std::stoul(line.substr(6));
  }
  return 0;
}

void ResetPeak() { std::ofstream("/proc/self/clear_refs") << "5"; }

TEST_CASE("a line of 200 MB is named without being held") {
  const test::TemporaryFolder folder;
  // Compressed, it is small on disk; reading it is what would take the memory.
  const std::string chunk(size_t{1} << 20, 'a');
  for (const std::string name : {"big.txt.gz", "big.jsonl.gz", "big.csv.gz", "commas.csv.gz"}) {
    INFO(name);
    const std::string path = folder.File(name);
    const bool recovers = name != "big.txt.gz";
    const bool table = name == "big.csv.gz" || name == "commas.csv.gz";
    gzFile file = gzopen(path.c_str(), "wb1");
    const std::string header = name == "big.txt.gz" ? "" : name == "big.jsonl.gz" ? "{\"text\": \"" : "id,text\n";
    std::string body = chunk;
    if (name == "commas.csv.gz") {
      for (size_t i = 0; i < body.size(); i += 3) body[i] = ',';
    }
    gzwrite(file, header.data(), static_cast<unsigned>(header.size()));
    for (int i = 0; i < kMegabytes; ++i) gzwrite(file, body.data(), static_cast<unsigned>(body.size()));
    const std::string tail =
        "\n" + (table ? "z," + std::string(kText) : "{\"id\": \"z\", \"text\": \"" + std::string(kText) + "\"}");
    gzwrite(file, tail.data(), static_cast<unsigned>(tail.size()));
    gzclose(file);
    ResetPeak();
    const size_t before = PeakKib();
    const Items items = ReadAll({path});
    REQUIRE(items.size() == (recovers ? 2 : 1));
    if (recovers) CHECK(items[1] == "z||" + std::string(kText));
    const std::string problem = name == "big.jsonl.gz"    ? "line is longer than"
                                : name == "big.csv.gz"    ? "field is larger than"
                                : name == "commas.csv.gz" ? "row has more than"
                                                          : "report is larger than";
    CHECK(items[0].find(problem) != std::string::npos);
    if (kMeasured) CHECK(PeakKib() - before < 120 * 1024);
  }
}

TEST_CASE("formats by name") {
  CHECK(ParseFormat("jsonl") == Format::kJsonLines);
  CHECK(ParseFormat("HTML") == Format::kHtml);
  CHECK(ParseFormat("auto") == Format::kAuto);
  CHECK_FALSE(ParseFormat("docx"));
}

TEST_CASE("copies that differ in layout have one digest") {
  Report a, b;
  a.text = "The army\n\nleft  the town.";
  b.text = " The army left\u00A0the town.\n";
  CHECK(TextSha256(a) == TextSha256(b));
  b.text += "!";
  CHECK(TextSha256(a) != TextSha256(b));
}

}  // namespace
}  // namespace sitgraph::reports
