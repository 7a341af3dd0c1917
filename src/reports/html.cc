#include "src/reports/html.h"

#include <gumbo.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "src/reports/encoding.h"
#include "src/reports/html_cleaner.h"
#include "src/reports/outlets.h"
#include "src/reports/publication_date.h"
#include "src/reports/zones.h"

namespace sitgraph::reports {
namespace {

using base::ErrorCode;
using base::Fail;
using base::PartialDate;
using base::Result;

struct DestroyOutput {
  void operator()(GumboOutput* output) const { gumbo_destroy_output(&kGumboDefaultOptions, output); }
};

std::string_view AttributeOf(const GumboNode* node, const char* name) {
  const GumboAttribute* attribute = gumbo_get_attribute(&node->v.element.attributes, name);
  return attribute == nullptr ? std::string_view() : std::string_view(attribute->value);
}

bool Has(const GumboNode* node, const char* name) {
  return gumbo_get_attribute(&node->v.element.attributes, name) != nullptr;
}

// What the page's head and marked-up data say; the first of each kind.
struct PageData {
  std::string og_title, site_name, title, heading, author, url;
  PartialDate published, time;
};

void Take(std::string& field, std::string_view value) {
  if (field.empty()) field = base::CollapseSpace(value);
}

void TakeDate(PartialDate& field, std::string_view value) {
  if (field.empty()) field = ParseGivenDate(value);
}

void TakeMeta(PageData& data, const GumboNode* node) {
  const std::string_view content = AttributeOf(node, "content");
  for (const char* attribute : {"property", "name", "itemprop"}) {
    const std::string key = base::Lower(AttributeOf(node, attribute));
    if (key == "og:title" || key == "twitter:title") Take(data.og_title, content);
    if (key == "og:site_name" || key == "application-name" || key == "publisher") Take(data.site_name, content);
    if (key == "og:url") Take(data.url, content);
    if (key == "author" || key == "article:author" || key == "dc.creator") {
      if (content.find("://") == std::string_view::npos) Take(data.author, content);
    }
    for (const std::string_view date : {"article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
                                        "pubdate", "publish-date", "publication_date", "og:published_time"}) {
      if (key == date) TakeDate(data.published, content);
    }
  }
}

// JSON-LD (schema.org): what an Article says of itself, also inside "@graph" or a list.
void TakeJsonLd(PageData& data, const std::string& json) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
  if (document.HasParseError()) return;
  std::vector<const rapidjson::Value*> pending = {&document};
  const auto text = [](const rapidjson::Value& object, const char* key) {
    if (!object.IsObject()) return std::string();
    const auto member = object.FindMember(key);
    if (member == object.MemberEnd() || !member->value.IsString()) return std::string();
    return Clean({member->value.GetString(), member->value.GetStringLength()});
  };
  for (size_t i = 0; i < pending.size() && i < 64; ++i) {
    const rapidjson::Value& value = *pending[i];
    if (value.IsArray()) {
      for (const rapidjson::Value& element : value.GetArray()) pending.push_back(&element);
    }
    if (!value.IsObject()) continue;
    if (const auto graph = value.FindMember("@graph"); graph != value.MemberEnd()) pending.push_back(&graph->value);
    const std::string date = text(value, "datePublished");
    if (date.empty()) continue;
    TakeDate(data.published, date);
    for (const auto& [key, field] : {std::pair{"author", &data.author}, std::pair{"publisher", &data.site_name}}) {
      const auto member = value.FindMember(key);
      if (member == value.MemberEnd()) continue;
      const rapidjson::Value* who = &member->value;
      if (who->IsArray() && !who->Empty()) who = &(*who)[0];
      Take(*field, who->IsObject() ? text(*who, "name") : text(value, key));
    }
    Take(data.og_title, text(value, "headline"));
  }
}

// What an element makes of the text in it.
enum class Part : uint8_t { kNone, kText, kHeading, kFigure, kCaption, kFurniture };

// Words in class, id and role that say that an element is no part of the report.
bool NamesFurniture(std::string_view names) {
  static constexpr std::array<std::string_view, 34> kWords = {
      "ad",         "ads",        "advert",      "advertisement", "banner",    "breadcrumb",  "breadcrumbs",
      "comment",    "comments",   "contentinfo", "cookie",        "cookies",   "menu",        "navbar",
      "navigation", "newsletter", "pagination",  "popular",       "promo",     "recommended", "related",
      "search",     "share",      "sharing",     "sidebar",       "social",    "sponsored",   "subscribe",
      "toolbar",    "trending",   "widget",      "complementary", "copyright", "nav"};
  const std::string lower = base::Lower(names.substr(0, 400));
  size_t begin = 0;
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  while (begin < lower.size()) {
    size_t end = begin;
    while (end < lower.size() && is_letter(lower[end])) ++end;
    const std::string_view word = std::string_view(lower).substr(begin, end - begin);
    if (std::find(kWords.begin(), kWords.end(), word) != kWords.end()) return true;
    begin = end + 1;
  }
  return false;
}

bool IsBlock(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_A:
    case GUMBO_TAG_TIME:
    case GUMBO_TAG_LABEL:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_BR:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
      return false;
    default:
      return true;
  }
}

bool IsHeading(GumboTag tag) { return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6; }

bool IsFurniture(const GumboNode* node) {
  switch (node->v.element.tag) {
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_MENU:
      return true;
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_FORM:  // some servers put whole pages into one
      return false;
    default:
      break;
  }
  if (Has(node, "hidden")) return true;
  for (const char* attribute : {"class", "id", "role"}) {
    const std::string_view names = AttributeOf(node, attribute);
    if (!names.empty() && NamesFurniture(names)) return true;
  }
  return false;
}

bool NamesCaption(const GumboNode* node) {
  return base::Lower(AttributeOf(node, "class")).find("caption") != std::string::npos;
}

// Walks the tree without recursion and writes blocks of text.
class Renderer {
 public:
  explicit Renderer(PageData& data) : data_(data) {}

  void Run(const GumboNode* root) {
    FindScope(root);
    std::vector<Frame> stack = {{root, 0, State()}};
    Enter(stack.back());
    while (!stack.empty()) {
      Frame& frame = stack.back();
      const GumboVector& children = frame.node->v.element.children;
      if (frame.next == children.length) {
        Leave(frame);
        stack.pop_back();
        continue;
      }
      const auto* child = static_cast<const GumboNode*>(children.data[frame.next++]);
      if (child->type == GUMBO_NODE_ELEMENT) {
        Frame inner{child, 0, frame.state};
        Enter(inner);
        stack.push_back(inner);
      } else if (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_WHITESPACE ||
                 child->type == GUMBO_NODE_CDATA) {
        AddText(child->v.text.text, frame.state);
      }
    }
    EndBlock();
  }

  std::string text;
  std::vector<Zone> known;

 private:
  struct State {
    Part part = Part::kNone;
    bool in_article = false;
    bool in_header = false;  // of the page: only its heading belongs to the report
    bool in_link = false;
    bool in_list = false;
    bool in_head = false;
    bool pre = false;
  };
  struct Frame {
    const GumboNode* node;
    unsigned next;
    State state;
  };

  // The element that holds the report: the only <article>, else <main>, else the whole page.
  void FindScope(const GumboNode* root) {
    std::vector<const GumboNode*> pending = {root};
    const GumboNode* article = nullptr;
    const GumboNode* main = nullptr;
    size_t articles = 0;
    while (!pending.empty()) {
      const GumboNode* node = pending.back();
      pending.pop_back();
      if (node->type != GUMBO_NODE_ELEMENT) continue;
      const GumboTag tag = node->v.element.tag;
      if (tag == GUMBO_TAG_ARTICLE) {
        ++articles;
        article = node;
        continue;
      }
      if (tag == GUMBO_TAG_MAIN && main == nullptr) main = node;
      for (unsigned i = node->v.element.children.length; i > 0; --i) {
        pending.push_back(static_cast<const GumboNode*>(node->v.element.children.data[i - 1]));
      }
    }
    scope_ = articles == 1 ? article : main;
  }

  void Enter(Frame& frame) {
    const GumboNode* node = frame.node;
    const GumboTag tag = node->v.element.tag;
    State& state = frame.state;
    if (tag == GUMBO_TAG_HEAD) state.in_head = true;
    if (tag == GUMBO_TAG_META) TakeMeta(data_, node);
    if (tag == GUMBO_TAG_LINK && base::Lower(AttributeOf(node, "rel")) == "canonical")
      Take(data_.url, AttributeOf(node, "href"));
    if (tag == GUMBO_TAG_TITLE) in_title_ = true;
    if (state.in_head) return;
    if (tag == GUMBO_TAG_TIME && state.part != Part::kFurniture) TakeDate(data_.time, AttributeOf(node, "datetime"));
    if (IsBlock(tag)) EndBlock();
    if (tag == GUMBO_TAG_BR) Break();
    if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) pending_space_ = true;
    if (node == scope_ || tag == GUMBO_TAG_ARTICLE || tag == GUMBO_TAG_MAIN) state.in_article = true;
    if (tag == GUMBO_TAG_HEADER && !state.in_article) state.in_header = true;
    if (tag == GUMBO_TAG_A) state.in_link = true;
    if (tag == GUMBO_TAG_PRE) state.pre = true;
    if (tag == GUMBO_TAG_LI || tag == GUMBO_TAG_TABLE) state.in_list = true;
    if (state.part == Part::kFurniture) return;
    if (IsFurniture(node)) {
      state.part = Part::kFurniture;
    } else if (tag == GUMBO_TAG_FIGCAPTION || NamesCaption(node)) {
      state.part = Part::kCaption;
    } else if (tag == GUMBO_TAG_FIGURE || state.part == Part::kFigure) {
      state.part = Part::kFigure;  // beside its caption: credits, alternatives
    } else if (IsHeading(tag)) {
      state.part = Part::kHeading;
    } else if (tag == GUMBO_TAG_P || tag == GUMBO_TAG_BLOCKQUOTE) {
      state.part = Part::kText;
    }
    if (state.part == Part::kHeading) heading_tag_ = tag;
  }

  void Leave(const Frame& frame) {
    const GumboTag tag = frame.node->v.element.tag;
    if (tag == GUMBO_TAG_TITLE) in_title_ = false;
    if (frame.state.in_head) return;
    if (IsBlock(tag)) EndBlock();
    if (tag == GUMBO_TAG_TR) Break();
    if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) pending_space_ = true;
  }

  void AddText(std::string_view piece, const State& state) {
    if (in_title_) {
      if (title_text_.size() < 2000) title_text_ += piece;
      Take(data_.title, title_text_);
      return;
    }
    if (state.in_head) return;
    size_t letters = 0;
    for (size_t i = 0; i < piece.size();) {
      const size_t begin = i;
      const char32_t c = base::NextCodePoint(piece, i);
      const bool newline = c == '\n' && state.pre;
      if (newline) {
        Break();
        continue;
      }
      if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == 0xA0) {
        pending_space_ = true;
        continue;
      }
      if (block_begin_ == kNoBlock) {
        if (!text.empty()) text += "\n\n";
        block_begin_ = text.size();
        block_ = state;
        links_ = 0;
        characters_ = 0;
      } else if (pending_space_ && text.back() != '\n') {
        text += ' ';
      }
      pending_space_ = false;
      if (c < 0x20 || c == 0x7F) {
        text += ' ';
      } else {
        text.append(piece, begin, i - begin);
      }
      ++letters;
    }
    characters_ += letters;
    if (state.in_link) links_ += letters;
  }

  void Break() {
    if (block_begin_ != kNoBlock && text.back() != '\n') text += '\n';
    pending_space_ = false;
  }

  void EndBlock() {
    pending_space_ = false;
    if (block_begin_ == kNoBlock) return;
    while (text.back() == '\n') text.pop_back();
    const base::Span span{static_cast<uint32_t>(block_begin_), static_cast<uint32_t>(text.size())};
    block_begin_ = kNoBlock;
    const std::string_view block = span.In(text);
    if (block_.part == Part::kHeading) {
      if (heading_tag_ == GUMBO_TAG_H1) Take(data_.heading, block);
      const bool outside = scope_ != nullptr && !block_.in_article && heading_tag_ != GUMBO_TAG_H1;
      known.push_back({outside ? ZoneKind::kBoilerplate : ZoneKind::kTitle, span});
    } else if (block_.part == Part::kCaption) {
      known.push_back({ZoneKind::kCaption, span});
    } else if (block_.part == Part::kFurniture || block_.part == Part::kFigure || block_.in_header ||
               (scope_ != nullptr && !block_.in_article)) {
      known.push_back({ZoneKind::kBoilerplate, span});
    } else if (links_ * 10 > characters_ * 6 && characters_ < 400) {
      known.push_back({ZoneKind::kBoilerplate, span});  // links to other pages
    } else if (block_.in_list) {
      known.push_back({ZoneKind::kBody, span});
    }
  }

  static constexpr size_t kNoBlock = SIZE_MAX;
  PageData& data_;
  const GumboNode* scope_ = nullptr;
  GumboTag heading_tag_ = GUMBO_TAG_UNKNOWN;
  bool in_title_ = false;
  std::string title_text_;
  size_t block_begin_ = kNoBlock;
  State block_;
  bool pending_space_ = false;
  size_t links_ = 0, characters_ = 0;  // of the block: non-blank, inside links and all
};

// "Army enters Palmyra | Example News" -> "Army enters Palmyra", where the end is the site's name.
std::string WithoutSiteName(const std::string& title, const std::string& site_name) {
  for (const std::string_view separator : {" | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " :: "}) {
    const size_t at = title.rfind(separator);
    if (at == std::string::npos) continue;
    const std::string_view end = std::string_view(title).substr(at + separator.size());
    if (base::EqualsIgnoringAsciiCase(end, site_name) || !OutletName(end).empty()) return title.substr(0, at);
  }
  return title;
}

}  // namespace

Result<Report> ReadHtml(std::string_view html) {
  const CleanHtml page = CleanPage(html);
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  const std::unique_ptr<GumboOutput, DestroyOutput> output(
      gumbo_parse_with_options(&options, page.html.data(), page.html.size()));
  if (output == nullptr) return Fail(ErrorCode::kBadInput, "cannot be parsed as HTML");
  PageData data;
  Renderer renderer(data);
  renderer.Run(output->root);
  for (const std::string& json : page.json_ld) TakeJsonLd(data, json);

  Report report;
  report.text = std::move(renderer.text);
  if (base::Trim(report.text).empty()) return Fail(ErrorCode::kBadInput, "no text in the page");
  report.title = !data.og_title.empty() ? data.og_title : !data.heading.empty() ? data.heading : data.title;
  report.title = WithoutSiteName(report.title, data.site_name);
  report.publisher = data.site_name;
  if (report.publisher.empty()) {
    const size_t bar = data.title.rfind(" | ");
    if (bar != std::string::npos) report.publisher = OutletName(std::string_view(data.title).substr(bar + 3));
  }
  report.author = data.author;
  report.uri = data.url;
  report.published = data.published.empty() ? data.time : data.published;
  Annotate(report, renderer.known);
  return report;
}

}  // namespace sitgraph::reports
