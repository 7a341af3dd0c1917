#include "src/reports/html_cleaner.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "src/reports/cursor.h"

namespace sitgraph::reports {
namespace {

constexpr size_t kMostOpen = 200;
constexpr size_t kMostTags = 300'000;
constexpr size_t kMostAttributes = 8;
constexpr size_t kLongestValue = 2048;
constexpr size_t kMostJsonLd = 8;
constexpr size_t kLongestJsonLd = size_t{256} << 10;

using Names = std::string_view;

template <size_t kCount>
bool Has(const std::array<Names, kCount>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<Names, 36> kNested = {
    "a",    "address", "article", "aside",    "blockquote", "button",  "caption", "center", "details",
    "dir",  "div",     "dl",      "fieldset", "figcaption", "figure",  "footer",  "form",   "h1",
    "h2",   "h3",      "h4",      "h5",       "h6",         "header",  "hgroup",  "label",  "main",
    "menu", "nav",     "ol",      "pre",      "section",    "summary", "table",   "time",   "ul"};
// These nest through the elements above only: another of the kind closes the one before.
constexpr std::array<Names, 10> kSelfClosing = {"dd", "dt", "li", "p", "tbody", "td", "tfoot", "th", "thead", "tr"};
constexpr std::array<Names, 5> kVoid = {"br", "hr", "link", "meta", "base"};
// Their content is no text of the page.
constexpr std::array<Names, 19> kDropped = {"applet", "audio",   "canvas",   "datalist", "embed",  "iframe", "math",
                                            "map",    "noembed", "noframes", "noscript", "object", "script", "select",
                                            "style",  "svg",     "template", "textarea", "video"};
constexpr std::array<Names, 12> kAttributes = {"class",    "content", "datetime", "hidden", "href", "id",
                                               "itemprop", "name",    "property", "rel",    "role", "aria-hidden"};

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

class Cleaner {
 public:
  explicit Cleaner(std::string_view html) : html_(html) {}

  CleanHtml Run() {
    result_.html.reserve(html_.size() / 2);
    while (at_ < html_.size()) {
      const size_t tag = std::min(html_.find('<', at_), html_.size());
      result_.html.append(html_, at_, tag - at_);
      at_ = tag;
      if (at_ < html_.size()) TakeMarkup();
    }
    return std::move(result_);
  }

 private:
  char At(size_t i) const { return i < html_.size() ? html_[i] : '\0'; }
  bool StartsWith(std::string_view sign) const { return html_.substr(at_, sign.size()) == sign; }

  void TakeMarkup() {
    if (StartsWith("<!--")) {
      SkipComment();
    } else if (IsAsciiLetter(At(at_ + 1))) {
      TakeStartTag();
    } else if (At(at_ + 1) == '/' && IsAsciiLetter(At(at_ + 2))) {
      TakeEndTag();
    } else if (At(at_ + 1) == '!' || At(at_ + 1) == '?' || At(at_ + 1) == '/') {
      at_ = std::min(html_.find('>', at_), html_.size() - 1) + 1;  // doctype, bogus comment
    } else {
      result_.html += "&lt;";
      ++at_;
    }
  }

  void SkipComment() {
    // "<!-->" and "<!--->" are whole comments.
    if (html_.substr(at_ + 4, 1) == ">" || html_.substr(at_ + 4, 2) == "->") {
      at_ = html_.find('>', at_) + 1;
      return;
    }
    const size_t end = html_.find("-->", at_ + 4);
    at_ = end == std::string_view::npos ? html_.size() : end + 3;
  }

  std::string TakeName() {
    std::string name;
    while (at_ < html_.size() && !IsSpace(html_[at_]) && html_[at_] != '/' && html_[at_] != '>') {
      if (name.size() < 32) name += IsAsciiUpper(html_[at_]) ? static_cast<char>(html_[at_] + 32) : html_[at_];
      ++at_;
    }
    return name;
  }

  struct Attribute {
    std::string name;
    std::string_view value;
  };

  // The attributes up to and with the '>'. Returns false where the page ends before it.
  bool TakeAttributes(std::vector<Attribute>& attributes) {
    for (;;) {
      while (IsSpace(At(at_)) || At(at_) == '/') ++at_;
      if (at_ >= html_.size()) return false;
      if (html_[at_] == '>') {
        ++at_;
        return true;
      }
      Attribute attribute;
      const size_t begin = at_;
      while (at_ < html_.size() && !IsSpace(html_[at_]) && html_[at_] != '/' && html_[at_] != '>' &&
             (html_[at_] != '=' || at_ == begin)) {
        ++at_;
      }
      attribute.name = base::Lower(html_.substr(begin, std::min<size_t>(at_ - begin, 32)));
      while (IsSpace(At(at_))) ++at_;
      if (At(at_) == '=') {
        ++at_;
        while (IsSpace(At(at_))) ++at_;
        const char quote = At(at_);
        if (quote == '"' || quote == '\'') {
          const size_t end = html_.find(quote, at_ + 1);
          if (end == std::string_view::npos) {
            at_ = html_.size();
            return false;
          }
          attribute.value = html_.substr(at_ + 1, end - at_ - 1);
          at_ = end + 1;
        } else {
          const size_t value = at_;
          while (at_ < html_.size() && !IsSpace(html_[at_]) && html_[at_] != '>') ++at_;
          attribute.value = html_.substr(value, at_ - value);
        }
      }
      const bool wanted = Has(kAttributes, attribute.name) || attribute.name == "type";
      if (wanted && attributes.size() < kMostAttributes) attributes.push_back(std::move(attribute));
    }
  }

  void TakeStartTag() {
    ++at_;
    const std::string name = TakeName();
    std::vector<Attribute> attributes;
    if (!TakeAttributes(attributes)) return;
    if (Has(kDropped, name)) {
      DropContent(name, attributes);
    } else if (name == "title") {
      TakeTitle();
    } else if (Has(kNested, name)) {
      // A link closes the one before it; it is old custom not to close anchors.
      if (name == "a" && open_by_name_[name] > 0) Close(name);
      if (open_ == kMostOpen) {
        ++unopened_[name];
        return;
      }
      ++open_;
      ++open_by_name_[name];
      WriteTag(name, attributes);
    } else if (Has(kVoid, name) || Has(kSelfClosing, name)) {
      WriteTag(name, attributes);
    }
  }

  void WriteTag(const std::string& name, const std::vector<Attribute>& attributes) {
    std::string& out = result_.html;
    if (++tags_ > kMostTags) {
      out += ' ';
      return;
    }
    out += '<';
    out += name;
    for (const Attribute& attribute : attributes) {
      if (attribute.name == "type") continue;
      out += ' ';
      out += attribute.name;
      out += "=\"";
      for (const char c : attribute.value.substr(0, kLongestValue)) {
        c == '"' ? out += "&quot;" : out += c;
      }
      out += '"';
    }
    out += '>';
  }

  void WriteEndTag(const std::string& name) {
    // Those of <p> and <br> open an element where none is open.
    if (++tags_ > kMostTags && (name == "p" || name == "br")) return;
    result_.html += "</" + name + '>';
  }

  void Close(const std::string& name) {
    --open_by_name_[name];
    --open_;
    WriteEndTag(name);
  }

  void TakeEndTag() {
    at_ += 2;
    const std::string name = TakeName();
    at_ = std::min(html_.find('>', at_), html_.size() - 1) + 1;
    if (auto unopened = unopened_.find(name); unopened != unopened_.end() && unopened->second > 0) {
      --unopened->second;
    } else if (auto open = open_by_name_.find(name); open != open_by_name_.end() && open->second > 0) {
      Close(name);
    } else if (Has(kSelfClosing, name) || name == "br") {
      WriteEndTag(name);
    }
  }

  // The offset of the next "</name", or the end of the page. A name that was not found once is not looked for again.
  size_t FindEndTag(const std::string& name) {
    if (missing_.count(name) != 0) return html_.size();
    for (size_t at = html_.find("</", at_); at != std::string_view::npos; at = html_.find("</", at + 2)) {
      const char after = At(at + 2 + name.size());
      if (base::StartsWithIgnoringAsciiCase(html_.substr(at + 2), name) &&
          (IsSpace(after) || after == '/' || after == '>' || after == '\0')) {
        return at;
      }
    }
    missing_[name] = true;
    return html_.size();
  }

  void DropContent(const std::string& name, const std::vector<Attribute>& attributes) {
    if (name == "embed") return;  // has no content
    const size_t end = FindEndTag(name);
    // As in browsers, an open script or style reaches to the end; other elements do not hide what follows them.
    const bool raw = name == "script" || name == "style" || name == "textarea" || name == "iframe" ||
                     name == "noembed" || name == "noframes";
    if (end == html_.size() && !raw) return;
    const bool json =
        name == "script" && std::any_of(attributes.begin(), attributes.end(), [](const Attribute& a) {
          return a.name == "type" && base::EqualsIgnoringAsciiCase(base::Trim(a.value), "application/ld+json");
        });
    if (json && result_.json_ld.size() < kMostJsonLd && end - at_ <= kLongestJsonLd) {
      result_.json_ld.emplace_back(html_.substr(at_, end - at_));
    }
    at_ = end;
    if (at_ < html_.size()) at_ = std::min(html_.find('>', at_), html_.size() - 1) + 1;
  }

  void TakeTitle() {
    const size_t end = FindEndTag("title");
    result_.html += "<title>";
    for (const char c : html_.substr(at_, std::min(end - at_, kLongestValue))) {
      c == '<' ? result_.html += "&lt;" : result_.html += c;
    }
    result_.html += "</title>";
    at_ = end;
    if (at_ < html_.size()) at_ = std::min(html_.find('>', at_), html_.size() - 1) + 1;
  }

  std::string_view html_;
  size_t at_ = 0;
  CleanHtml result_;
  size_t tags_ = 0;
  size_t open_ = 0;  // at least as many as the tree will have open
  std::map<std::string, size_t> open_by_name_;
  std::map<std::string, size_t> unopened_;  // start tags left out for depth, whose end tags are to be left out too
  std::map<std::string, bool> missing_;
};

}  // namespace

CleanHtml CleanPage(std::string_view html) { return Cleaner(html).Run(); }

}  // namespace sitgraph::reports
