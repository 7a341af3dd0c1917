#include "app/cli/explain_render.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/cli/explain_parts.h"

namespace sitgraph::cli {
namespace {

using extract::EntityId;
using extract::Event;
using extract::ExplainedEvent;
using extract::ExplainedSentence;
using extract::ExplainedWord;
using extract::Explanation;

// --- Text ------------------------------------------------------------------------------------------------------------

const char* ColourOf(std::string_view kind) {
  if (kind == "trigger") return "\033[1;31m";
  if (kind == "place" || kind == "facility") return "\033[32m";
  if (kind == "force") return "\033[34m";
  if (kind == "organization") return "\033[36m";
  if (kind == "person") return "\033[35m";
  if (kind == "materiel") return "\033[33m";
  return "\033[4m";
}
constexpr const char* kPlain = "\033[0m";

// A text of the report may hold control characters; on a terminal they would act.
std::string Printable(std::string_view text) {
  std::string out;
  for (const char c : text) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  return out;
}

class TextWriter {
 public:
  TextWriter(const Explanation& explanation, bool colour) : explanation_(explanation), colour_(colour) {}

  std::string Write(size_t only) {
    const std::string& title = explanation_.frame.report.id;
    out_ += fmt::format("{}\n", Printable(title));
    ForSentences(explanation_, only, [&](const ExplainedSentence& sentence, size_t s) { WriteSentence(sentence, s); });
    return std::move(out_);
  }

 private:
  std::string Painted(std::string_view kind, const std::string& text) const {
    return colour_ ? ColourOf(kind) + text + kPlain : text;
  }

  void WriteSentence(const ExplainedSentence& sentence, size_t s) {
    out_ += fmt::format("\n{}. [{}] ", s + 1, sentence.zone);
    const std::vector<Marked> marks = Marks(explanation_, s);
    for (size_t w = 0; w < sentence.words.size();) {
      const auto mark = std::find_if(marks.begin(), marks.end(), [&](const Marked& each) { return each.begin == w; });
      const size_t end = mark == marks.end() ? w + 1 : mark->end;
      std::string text;
      for (; w < end; ++w) {
        text += Printable(sentence.words[w].text);
        const bool gap = w + 1 < sentence.words.size() && sentence.words[w].span.end < sentence.words[w + 1].span.begin;
        if (gap && w + 1 < end) text += ' ';
      }
      // Without colours, kinds are written out.
      if (mark == marks.end()) {
        out_ += text;
      } else {
        out_ += colour_ ? Painted(mark->kind, text) : fmt::format("[{}|{}]", text, mark->kind);
      }
      if (w < sentence.words.size() && sentence.words[w - 1].span.end < sentence.words[w].span.begin) out_ += ' ';
    }
    out_ += '\n';
    WriteTree(sentence);
    for (const size_t v : EventsOf(explanation_, s)) WriteEvent(v);
    WriteRest(s);
  }

  void WriteTree(const ExplainedSentence& sentence) {
    for (const TreeLine& line : TreeOf(sentence)) {
      const ExplainedWord& word = sentence.words[line.word];
      out_ += fmt::format("    {:{}}{} {} {}\n", "", line.depth * 2, Printable(word.text), word.upos, word.relation);
    }
  }

  void WriteEvent(size_t v) {
    const Event& event = explanation_.frame.events[v];
    const ExplainedEvent& explained = explanation_.events[v];
    out_ += fmt::format("  event v{} {} \"{}\" {:.2f}\n", v + 1, Painted("trigger", event.type),
                        Printable(event.trigger.text), event.confidence);
    out_ += fmt::format("    by {}\n", RuleText(explained));
    for (const RoleName& role : kExplainedRoles) {
      for (const EntityId id : event.*role.fillers) {
        out_ += fmt::format("    {}: {} <- {}\n", role.name, Painted(KindOf(id), Printable(NameOf(explanation_, id))),
                            Why(explained, role.role, id));
      }
    }
    for (const EntityId id : event.source) {
      out_ += fmt::format("    source: {}\n", Painted(KindOf(id), Printable(NameOf(explanation_, id))));
    }
    if (event.time) out_ += fmt::format("    time: {}\n", Printable(TimeText(*event.time)));
    out_ += fmt::format("    {}\n", FactualityText(event, explained));
  }

  std::string_view KindOf(EntityId id) const {
    return codebook::ToWord(explanation_.frame.entities[static_cast<size_t>(id)].kind);
  }

  void WriteRest(size_t s) {
    for (const extract::Count* count : CountsOf(explanation_, s)) {
      const std::string of = count->event ? fmt::format(" of v{}", static_cast<uint32_t>(*count->event) + 1) : "";
      out_ += fmt::format("  count{}: {} \"{}\"\n", of, Printable(CountText(*count)), Printable(count->mention.text));
    }
    for (const extract::Relation* relation : RelationsOf(explanation_, s)) {
      out_ += fmt::format("  relation: {}\n", Printable(RelationText(explanation_, *relation)));
    }
  }

  const Explanation& explanation_;
  const bool colour_;
  std::string out_;
};

// --- HTML ------------------------------------------------------------------------------------------------------------

std::string Escaped(std::string_view text) {
  std::string out;
  for (const char c : Printable(text)) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

constexpr const char* kStyle =
    "body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
    "pre{font-size:13px;color:#555;margin:.3em 0 .3em 1.5em}ul{margin:.3em 0}"
    ".trigger{color:#b00020;font-weight:bold}.place,.facility{background:#d8f0d8}.force{background:#d8e4ff}"
    ".organization{background:#d4f0f4}.person{background:#f0dcf4}.materiel{background:#fbecc8}.people{background:#eee}"
    ".why{color:#666}";

class HtmlWriter {
 public:
  explicit HtmlWriter(const Explanation& explanation) : explanation_(explanation) {}

  std::string Write(size_t only) {
    const std::string title = Escaped(explanation_.frame.report.id);
    out_ += fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{}</title>"
        "<style>{}</style></head><body>\n<h1>{}</h1>\n",
        title, kStyle, title);
    ForSentences(explanation_, only, [&](const ExplainedSentence& sentence, size_t s) { WriteSentence(sentence, s); });
    out_ += "</body></html>\n";
    return std::move(out_);
  }

 private:
  void WriteSentence(const ExplainedSentence& sentence, size_t s) {
    out_ += fmt::format("<h3>{}. {}</h3>\n<p>", s + 1, sentence.zone);
    const std::vector<Marked> marks = Marks(explanation_, s);
    for (size_t w = 0; w < sentence.words.size(); ++w) {
      for (const Marked& mark : marks) {
        if (mark.begin == w) out_ += fmt::format("<span class=\"{}\" title=\"{}\">", mark.kind, mark.kind);
      }
      out_ += Escaped(sentence.words[w].text);
      for (const Marked& mark : marks) {
        if (mark.end == w + 1) out_ += "</span>";
      }
      if (w + 1 < sentence.words.size() && sentence.words[w].span.end < sentence.words[w + 1].span.begin) out_ += ' ';
    }
    out_ += "</p>\n";
    std::string tree;
    for (const TreeLine& line : TreeOf(sentence)) {
      const ExplainedWord& word = sentence.words[line.word];
      tree += fmt::format("{:{}}{} {} {}\n", "", line.depth * 2, Escaped(word.text), word.upos, word.relation);
    }
    if (!tree.empty()) out_ += "<details><summary>tree</summary><pre>" + tree + "</pre></details>\n";
    for (const size_t v : EventsOf(explanation_, s)) WriteEvent(v);
    std::string rest;
    for (const extract::Count* count : CountsOf(explanation_, s)) {
      rest += fmt::format("<li>count: {}</li>", Escaped(CountText(*count)));
    }
    for (const extract::Relation* relation : RelationsOf(explanation_, s)) {
      rest += fmt::format("<li>{}</li>", Escaped(RelationText(explanation_, *relation)));
    }
    if (!rest.empty()) out_ += "<ul>" + rest + "</ul>\n";
  }

  void WriteEvent(size_t v) {
    const Event& event = explanation_.frame.events[v];
    const ExplainedEvent& explained = explanation_.events[v];
    out_ +=
        fmt::format("<ul><li><b class=\"trigger\">{}</b> “{}” {:.2f} <span class=\"why\">{}</span><ul>",
                    Escaped(event.type), Escaped(event.trigger.text), event.confidence, Escaped(RuleText(explained)));
    for (const RoleName& role : kExplainedRoles) {
      for (const EntityId id : event.*role.fillers) {
        const auto kind = codebook::ToWord(explanation_.frame.entities[static_cast<size_t>(id)].kind);
        out_ += fmt::format("<li>{}: <span class=\"{}\">{}</span> <span class=\"why\">{}</span></li>", role.name, kind,
                            Escaped(NameOf(explanation_, id)), Escaped(Why(explained, role.role, id)));
      }
    }
    for (const EntityId id : event.source) {
      out_ += fmt::format("<li>source: {}</li>", Escaped(NameOf(explanation_, id)));
    }
    if (event.time) out_ += fmt::format("<li>time: {}</li>", Escaped(TimeText(*event.time)));
    out_ += fmt::format("<li>{}</li></ul></li></ul>\n", Escaped(FactualityText(event, explained)));
  }

  const Explanation& explanation_;
  std::string out_;
};

}  // namespace

std::string ExplainAsText(const Explanation& explanation, size_t sentence, bool colour) {
  return TextWriter(explanation, colour).Write(sentence);
}
std::string ExplainAsHtml(const Explanation& explanation, size_t sentence) {
  return HtmlWriter(explanation).Write(sentence);
}

}  // namespace sitgraph::cli
