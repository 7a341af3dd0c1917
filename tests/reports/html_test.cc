// Pages become their text, with what is no part of the report told apart.
#include "src/reports/html.h"

#include <catch2/catch.hpp>

#include "src/reports/html_cleaner.h"

namespace sitgraph::reports {
namespace {

std::string OfKind(const Report& report, ZoneKind kind) {
  std::string out;
  for (const Zone& zone : report.zones) {
    if (zone.kind != kind) continue;
    if (!out.empty()) out += '\n';
    out += zone.span.In(report.text);
  }
  return out;
}

constexpr char kFirst[] = "Government forces took the hill above the town on Monday, the ministry said.";
constexpr char kSecond[] = "Two soldiers were killed and five wounded when a mine went off beside the road.";

TEST_CASE("a page with all that pages have") {
  const std::string page =
      std::string(R"(<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Army takes hill above the town | Example News</title>
<meta property="og:site_name" content="Example News"><meta property="og:title" content="Army takes hill above the town">
<meta property="article:published_time" content="2018-05-22T10:00:00+03:00"><meta name="author" content="Ann Other">
<link rel="canonical" href="https://news.example/hill"><style>p { color: red }</style>
<script>document.write("<p>The army lost the hill.</p>");</script></head>
<body><header><a href="/">Example News</a></header><nav><ul><li><a href="/w">World</a></li></ul></nav>
<article><h1>Army takes hill above the town</h1><p class="share-bar">Share this story</p>
<p>)") +
      kFirst +
      "</p><figure><img src=a.jpg><figcaption>Soldiers rest beside a tank. (Photo by AFP)</figcaption></figure><p>" +
      kSecond +
      R"(</p><h2>A long road</h2><table><tr><td>tanks</td><td>7</td></tr><tr><td>guns</td><td>12</td></tr></table>
<div class="related-stories"><p>The army was beaten at the river on Sunday, a spokesman told this paper.</p></div></article>
<aside>Most read: the rebels won everything.</aside><footer>&copy; 2018 Example News</footer></body></html>)";
  const auto report = ReadHtml(page);
  REQUIRE(report);
  CHECK(report->title == "Army takes hill above the town");
  CHECK(report->publisher == "Example News");
  CHECK(report->author == "Ann Other");
  CHECK(report->uri == "https://news.example/hill");
  CHECK(base::ToIso(report->published) == "2018-05-22");
  CHECK(OfKind(*report, ZoneKind::kBody) == std::string(kFirst) + "\n" + kSecond + "\ntanks 7\nguns 12");
  CHECK(OfKind(*report, ZoneKind::kTitle) == "Army takes hill above the town\nA long road");
  CHECK(OfKind(*report, ZoneKind::kCaption) == "Soldiers rest beside a tank.");
  CHECK(report->text.find("lost the hill") == std::string::npos);
  CHECK(report->text.find("color") == std::string::npos);
}

TEST_CASE("dates and names from JSON-LD and time elements") {
  const auto linked = ReadHtml(
      std::string(
          R"(<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Hill taken again by army",
"datePublished":"2017-03-03","author":[{"name":"Bob Else"}],"publisher":{"name":"The Paper"}}]}</script><p>)") +
      kFirst);
  REQUIRE(linked);
  CHECK(linked->title == "Hill taken again by army");
  CHECK(linked->author == "Bob Else");
  CHECK(linked->publisher == "The Paper");
  CHECK(base::ToIso(linked->published) == "2017-03-03");
  const auto timed =
      ReadHtml("<h1>Hill taken by army</h1><time datetime='2016-04-23'>April 23</time><p>" + std::string(kFirst));
  REQUIRE(timed);
  CHECK(base::ToIso(timed->published) == "2016-04-23");
  CHECK(timed->title == "Hill taken by army");
}

TEST_CASE("broken pages are read as browsers do") {
  struct Case {
    std::string html, text;
  };
  const Case cases[] = {
      {"<p>One<p>Two", "One\n\nTwo"},
      {"<div><b>One</i> two</div", "One two"},
      {"no tags at all", "no tags at all"},
      {"a < b &amp; c &lt; d &eacute; &#8217;", "a < b & c < d \u00E9 \u2019"},
      {"<p>one<br>two<br/><br>three</p>", "one\ntwo\nthree"},
      {"<!-- <p>no</p> --><p>yes<!--> and more", "yes and more"},
      {"<p>yes</p><script>if (a < b) { <p>no", "yes"},
      {"<p>yes <svg><text>no</text></svg>more", "yes more"},
      {"<p>yes <svg>without an end", "yes without an end"},
      {"<ul><li>one<li>two</ul>", "one\n\ntwo"},
      {"<table>foster<tr><td>a<td>b", "foster\n\na b"},
      {"<a href=\"x", ""},
      {"<p title='>'>quoted", "quoted"},
      {"<p>a&nbsp;&nbsp; b\n\n c", "a b c"},
      {"<pre>a\n  b</pre>", "a\nb"},
  };
  for (const Case& c : cases) {
    INFO(c.html);
    const auto report = ReadHtml(c.html);
    REQUIRE(report.has_value() == !c.text.empty());
    if (report) CHECK(report->text == c.text);
  }
}

TEST_CASE("a page without text is an error") {
  for (const std::string page : {"<html><head><title>Title only</title></head><body><img src=a></body></html>",
                                 "<!-- x -->", "<script>1</script>"}) {
    INFO(page);
    const auto report = ReadHtml(page);
    REQUIRE_FALSE(report);
    CHECK(report.error().message == "no text in the page");
  }
}

std::string Repeat(std::string_view piece, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += piece;
  return out;
}

TEST_CASE("hostile pages are read in time and without deep recursion") {
  const size_t many = 200000;
  const std::string cases[] = {
      Repeat("<div>", many) + "text",
      Repeat("<div><p>", many) + "text",
      Repeat("<b class=1><i>", many) + "text",
      "<p>" + Repeat("<b id=1>", 1000) + Repeat("<p>x", many) + "text",
      "<p" + Repeat(" a=1 b", many) + ">text",
      Repeat("<a><p>", many) + "text",
      Repeat("<table><td>", many) + "text",
      "<table>" + Repeat("<br>x", many) + "text",
      Repeat("<svg>", many) + "text",
      Repeat("</p>", many) + "text",
      Repeat("<time>", many) + "text",
      Repeat("<li><div>", many) + "text",
      Repeat("<div></b>", many) + "text",
      Repeat("<!--><div>", many) + "text",
      Repeat("<select><style></select><div>", many) + "</style>text",
      Repeat("<form><a><button>", many) + "text",
      Repeat("&amp", many) + "text",
  };
  for (const std::string& page : cases) {
    INFO(page.substr(0, 40));
    const auto report = ReadHtml(page);
    REQUIRE(report);
    CHECK(report->text.find("text") != std::string::npos);
  }
}

TEST_CASE("cleaning keeps structure and drops the rest") {
  CHECK(CleanPage("<DIV Class='a\"b' onclick=x><span>t</span></DIV>").html == "<div class=\"a&quot;b\">t</div>");
  CHECK(CleanPage("<p>a<style>b</style>c</p>").html == "<p>ac</p>");
  CHECK(CleanPage("<title>a<b></title>").html == "<title>a&lt;b></title>");
  CHECK(CleanPage("</div>x</p>").html == "x</p>");
  CHECK(CleanPage("<a>x<a>y").html == "<a>x</a><a>y");
  CHECK(CleanPage("<script type='application/ld+json'>{}</script>").json_ld == std::vector<std::string>{"{}"});
}

}  // namespace
}  // namespace sitgraph::reports
