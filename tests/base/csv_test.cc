#include "base/csv.h"

#include <catch2/catch.hpp>

#include "tests/temporary_folder.h"

using namespace sitgraph::base;

namespace {

struct Outcome {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> errors;
};

Outcome ReadAll(std::string text, CsvOptions options = {}) {
  CsvReader reader(ReaderOver(std::move(text)), "t.csv", options);
  Outcome out;
  for (int i = 0; i < 100; ++i) {
    auto row = reader.Next();
    if (!row) {
      out.errors.push_back(ToString(row.error()));
    } else if (*row == nullptr) {
      return out;
    } else {
      out.rows.push_back((*row)->fields);
    }
  }
  FAIL("the reader does not come to an end");
  return out;
}

using Rows = std::vector<std::vector<std::string>>;

}  // namespace

TEST_CASE("CSV reads as RFC 4180 says") {
  CHECK(ReadAll("a,b\r\n1,\"x, \"\"y\"\"\nz\"\n").rows == Rows{{"a", "b"}, {"1", "x, \"y\"\nz"}});
  CHECK(ReadAll("\xEF\xBB\xBFid,text").rows == Rows{{"id", "text"}});
  CHECK(ReadAll("a,,\n,\n").rows == Rows{{"a", "", ""}, {"", ""}});
  CHECK(ReadAll("").rows.empty());
  CHECK(ReadAll("# note\n\nx\ty\n", {.separator = '\t', .comments = true}).rows == Rows{{"x", "y"}});
}

TEST_CASE("rows end as any system ends lines, and are counted so") {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    INFO(end.size() << " " << static_cast<int>(end[0]));
    const Outcome out = ReadAll(
        "# note" + end + "a,b" + end + "\"x\"y,2" + end + "c,\"d" + end + "e\"" + end + "1,\"open" + end + "f,g" + end,
        {.comments = true});
    CHECK(out.rows == Rows{{"a", "b"}, {"c", "d" + end + "e"}, {"f", "g"}});
    REQUIRE(out.errors.size() == 2);
    CHECK(out.errors[0].substr(0, 10) == "t.csv:3:4:");
    CHECK(out.errors[1].substr(0, 10) == "t.csv:6:3:");
  }
}

TEST_CASE("a broken row is named and loses no other") {
  SECTION("text after a quote") {
    const Outcome out = ReadAll("a,b\n\"x\"y,2\nc,d\n");
    CHECK(out.rows == Rows{{"a", "b"}, {"c", "d"}});
    REQUIRE(out.errors.size() == 1);
    CHECK(out.errors[0].substr(0, 37) == "t.csv:2:4: text after a closing quote");
  }
  SECTION("a quote that never closes costs its own line only") {
    const Outcome out = ReadAll("a,b\n1,\"open\nc,d\ne,f\n");
    CHECK(out.rows == Rows{{"a", "b"}, {"c", "d"}, {"e", "f"}});
    REQUIRE(out.errors.size() == 1);
    CHECK(out.errors[0].substr(0, 37) == "t.csv:2:3: quoted field is not closed");
  }
  SECTION("a field over the limit") {
    const Outcome out = ReadAll("a\n" + std::string(5000, 'x') + ",y\nb\n", {.max_field = 1000});
    CHECK(out.rows == Rows{{"a"}, {"b"}});
    CHECK(out.errors == std::vector<std::string>{"t.csv:2:1: field is larger than 1000 bytes"});
  }
  SECTION("a row over the limits") {
    const std::string hint = "\n  hint: check the separator and the quotes";
    const Outcome wide = ReadAll("a,b\n1,2,3\nc,d\n", {.max_fields = 2});
    CHECK(wide.rows == Rows{{"a", "b"}, {"c", "d"}});
    CHECK(wide.errors == std::vector<std::string>{"t.csv:2:1: row has more than 2 fields" + hint});
    const Outcome large = ReadAll("a,b\nxxxx,\"yy\ny\",z\nc,d\n", {.max_row = 6});
    CHECK(large.rows == Rows{{"a", "b"}, {"c", "d"}});
    CHECK(large.errors == std::vector<std::string>{"t.csv:2:1: row is larger than 6 bytes" + hint});
  }
  SECTION("no row is made of what an endless quote leaves of a line") {
    const Outcome out = ReadAll("\"open\nfirst,1\nsecond,2\n", {.max_field = 17});
    CHECK(out.rows == Rows{{"first", "1"}});
    REQUIRE(out.errors.size() == 1);
    CHECK(out.errors[0].substr(0, 37) == "t.csv:1:1: quoted field is not closed");
  }
}

TEST_CASE("fields tell where they stand") {
  CsvReader reader(ReaderOver("é,\"b\nb\",c\nnext\n"), "t.csv");
  auto row = reader.Next();
  REQUIRE(row);
  CHECK((*row)->line == 1);
  CHECK((*row)->columns[1] == 3);
  row = reader.Next();
  REQUIRE(row);
  CHECK((*row)->line == 3);
}

TEST_CASE("written fields read back equal, and spreadsheets do not run them") {
  for (const std::string text : {"plain", "a,b", "say \"x\"", "two\nlines", " edge ", "", "=1+1"}) {
    INFO(text);
    CHECK(ReadAll(CsvField(text) + ",end\n").rows == Rows{{text, "end"}});
  }
  CHECK(CsvField("=HYPERLINK(1)", ',', true) == "\"'=HYPERLINK(1)\"");
  CHECK(CsvField("a=b", ',', true) == "a=b");
}
