#include "base/error.h"

#include <catch2/catch.hpp>

using namespace sitgraph::base;

TEST_CASE("errors show place, message and hint") {
  CHECK(ToString({ErrorCode::kBadInput, "unknown type", {"events.csv", 3, 7}, "did you mean 'capture'?"}) ==
        "events.csv:3:7: unknown type\n  hint: did you mean 'capture'?");
  CHECK(ToString({ErrorCode::kNotFound, "no such file", {"a.txt"}, ""}) == "a.txt: no such file");
  CHECK(ToString({ErrorCode::kBadInput, "expected a term", {"", 2, 5}, ""}) == "line 2:5: expected a term");
  CHECK(ToString({ErrorCode::kIo, "disk full", {}, ""}) == "disk full");
}

TEST_CASE("the caret stands under the column, in code points") {
  const std::string source = "first\nMenbij é x\nlast";
  CHECK(ToStringWithCaret({ErrorCode::kBadInput, "odd", {"f", 2, 10}, "fix"}, source) ==
        "f:2:10: odd\n  Menbij é x\n           ^\n  hint: fix");
  SECTION("past the end of the line it stands behind the last character") {
    CHECK(ToStringWithCaret({ErrorCode::kBadInput, "ends early", {"f", 3, 99}, ""}, source) ==
          "f:3:99: ends early\n  last\n      ^");
  }
  SECTION("a line that is not there leaves only the message") {
    CHECK(ToStringWithCaret({ErrorCode::kBadInput, "odd", {"f", 9, 1}, ""}, source) == "f:9:1: odd");
  }
  SECTION("a very long line is shown around the column only") {
    const std::string shown =
        ToStringWithCaret({ErrorCode::kBadInput, "odd", {"f", 1, 5000}, ""}, std::string(10000, 'x'));
    CHECK(shown.size() < 400);
    CHECK(shown.back() == '^');
  }
}
