// The only file that knows raptor.
#include "graph/rdf_xml.h"

#include <fmt/format.h>
#include <raptor2.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <vector>

#include "base/text.h"

namespace sitgraph::graph {
namespace {

using base::ErrorCode;

constexpr size_t kMaxTokenBytes = size_t{16} << 20;  // as for Turtle

struct FreeWorld {
  void operator()(raptor_world* world) const { raptor_free_world(world); }
};
struct FreeParser {
  void operator()(raptor_parser* parser) const { raptor_free_parser(parser); }
};
struct FreeUri {
  void operator()(raptor_uri* uri) const { raptor_free_uri(uri); }
};

std::string TextOf(const unsigned char* text, size_t length) {
  return text == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(text), length);
}
std::string TextOf(raptor_uri* uri) {
  size_t length = 0;
  const unsigned char* text = raptor_uri_as_counted_string(uri, &length);
  return TextOf(text, length);
}

// Follows elements just far enough to know how deep they nest: raptor's time grows with the square of it.
class DepthCounter {
 public:
  // False where an element lies deeper than the limit.
  bool Read(std::string_view bytes) {
    for (char c : bytes) {
      if (!Read(c)) return false;
    }
    return true;
  }

 private:
  static constexpr int kMaxDepth = 2 * 256;  // nodes and properties take turns

  bool Read(char c) {
    if (skip_to_ != nullptr) {  // within a comment, CDATA or processing instruction
      recent_ = (recent_ + c).substr(recent_.size() + 1 > 3 ? 1 : 0);
      if (recent_.ends_with(skip_to_)) skip_to_ = nullptr;
      return true;
    }
    if (!in_tag_) {
      in_tag_ = c == '<';
      tag_.clear();
      return true;
    }
    if (quote_ != 0) {
      if (c == quote_) quote_ = 0;
      return true;
    }
    if (tag_.size() < 8) tag_ += c;
    if (tag_ == "!--" || tag_ == "![CDATA[" || tag_ == "?") {
      skip_to_ = tag_ == "?" ? "?>" : tag_ == "!--" ? "-->" : "]]>";
      recent_.clear();
      in_tag_ = false;
      return true;
    }
    bool is_element = tag_[0] != '!' && tag_[0] != '/';
    if (is_element && (c == '"' || c == '\'')) quote_ = c;
    if (c != '>') {
      last_ = c;
      return true;
    }
    in_tag_ = false;
    if (tag_[0] == '/' && depth_ > 0) --depth_;  // not below: what is no markup may look like it
    if (is_element && last_ != '/') ++depth_;
    return depth_ <= kMaxDepth;
  }

  bool in_tag_ = false;
  std::string tag_;  // its first characters
  char quote_ = 0, last_ = 0;
  const char* skip_to_ = nullptr;
  std::string recent_;
  int depth_ = 0;
};

// Lets through text in which no entity can grow: libxml2, as raptor uses it, expands entities made of entities without
// end. Works on bytes, so the encoding has to be one in which ASCII stays as it is.
class EntityGuard {
 public:
  // What may go on to the parser of the text so far; `is_end`: nothing follows. An error names what is refused.
  base::Result<std::string> Pass(std::string_view bytes, bool is_end) {
    held_.append(bytes);
    if (!has_begun_ && (held_.size() >= kPrologue || is_end)) {
      has_begun_ = true;
      if (!IsKnownEncoding()) {
        return base::Fail(ErrorCode::kUnsupported, "RDF/XML in an encoding other than UTF-8, ISO-8859 or windows-125x",
                          {}, "convert it to UTF-8");
      }
    }
    if (!has_begun_) return std::string();
    size_t at = 0;
    while ((at = held_.find(kEntity, at)) != std::string::npos) {
      const size_t end = EndOfDeclaration(at + kEntity.size());
      if (end == std::string::npos && held_.size() - at <= kMaxDeclaration && !is_end) return Release(at);
      std::string_view declaration = std::string_view(held_).substr(at + kEntity.size(), end - at - kEntity.size());
      bool grows = declaration.find_first_of("&%") != std::string_view::npos ||
                   declaration.find("SYSTEM") != std::string_view::npos ||
                   declaration.find("PUBLIC") != std::string_view::npos;
      if (end == std::string::npos || end - at > kMaxDeclaration || grows) {
        return base::Fail(ErrorCode::kBadInput, "an entity that is long, made of others or kept elsewhere", {},
                          "write out what it stands for");
      }
      at = end;
    }
    return Release(is_end ? held_.size() : held_.size() - std::min(held_.size(), kEntity.size()));
  }

 private:
  static constexpr std::string_view kEntity = "<!ENTITY";
  static constexpr size_t kMaxDeclaration = 1024;
  static constexpr size_t kPrologue = 256;

  // Of the '>' that is in no quotes; npos where it is not there yet.
  size_t EndOfDeclaration(size_t at) const {
    while ((at = held_.find_first_of("\"'>", at)) != std::string::npos && held_[at] != '>') {
      at = held_.find(held_[at], at + 1);
      if (at == std::string::npos) break;
      ++at;
    }
    return at;
  }

  std::string Release(size_t count) {
    std::string out = held_.substr(0, count);
    held_.erase(0, count);
    return out;
  }

  bool IsKnownEncoding() const {
    std::string start = base::Lower(held_.substr(0, std::min(held_.size(), held_.find('>'))));
    if (held_.substr(0, kPrologue).find('\0') != std::string::npos) return false;  // UTF-16, UTF-32
    size_t name = start.find("encoding");
    if (!start.starts_with("<?xml") && !start.starts_with("\xEF\xBB\xBF<?xml")) return true;
    if (name == std::string::npos) return true;
    name = start.find_first_of("'\"", name);
    if (name == std::string::npos) return true;  // the parser will say what is wrong
    std::string_view value = std::string_view(start).substr(name + 1);
    return value.starts_with("utf-8") || value.starts_with("us-ascii") || value.starts_with("iso-8859-") ||
           value.starts_with("windows-125");
  }

  std::string held_;
  bool has_begun_ = false;
};

// One file being read. raptor calls back into it; nothing may throw through raptor.
class Reading {
 public:
  Reading(const std::string& path, const std::string& label_prefix, bool skip_errors,
          const std::function<base::Status(const Quad&)>& visit)
      : path_(path), label_prefix_(label_prefix), skip_errors_(skip_errors), visit_(visit) {}

  base::Result<RdfReadSummary> Read(base::ByteReader& bytes, const std::string& base_iri) {
    world_.reset(raptor_new_world());
    if (world_ == nullptr) return base::Fail(ErrorCode::kUnsupported, "RDF/XML cannot be read: raptor does not start");
    raptor_world_set_log_handler(world_.get(), this, OnLog);
    raptor_world_set_generate_bnodeid_handler(world_.get(), this, OnBlank);
    parser_.reset(raptor_new_parser(world_.get(), "rdfxml"));
    std::unique_ptr<raptor_uri, FreeUri> base(
        raptor_new_uri(world_.get(), reinterpret_cast<const unsigned char*>(base_iri.c_str())));
    if (parser_ == nullptr || base == nullptr) {
      return base::Fail(ErrorCode::kUnsupported, "RDF/XML cannot be read: raptor lacks its parser");
    }
    raptor_parser_set_option(parser_.get(), RAPTOR_OPTION_NO_NET, nullptr, 1);
    raptor_parser_set_option(parser_.get(), RAPTOR_OPTION_NO_FILE, nullptr, 1);
    raptor_parser_set_option(parser_.get(), RAPTOR_OPTION_LOAD_EXTERNAL_ENTITIES, nullptr, 0);
    raptor_parser_set_statement_handler(parser_.get(), this, OnStatement);
    raptor_parser_parse_start(parser_.get(), base.get());
    std::vector<char> buffer(size_t{1} << 16);
    EntityGuard guard;
    DepthCounter depth;
    size_t got = 0;
    do {
      auto read = bytes.Read(buffer.data(), buffer.size());
      if (!read) return base::Fail(read.error());
      got = *read;
      auto text = guard.Pass(std::string_view(buffer.data(), got), got == 0);
      if (!text) {
        error_ = text.error();
        error_->place = {path_, LineOf(nullptr), 0};
        return Ended();
      }
      if (!depth.Read(*text)) {
        error_ = base::Error{
            ErrorCode::kTooLarge, "elements nest deeper than the limit of 512", {path_, LineOf(nullptr), 0}, {}};
        return Ended();
      }
      if (text->empty() && got > 0) continue;
      int failed = raptor_parser_parse_chunk(parser_.get(), reinterpret_cast<const unsigned char*>(text->data()),
                                             text->size(), got == 0 ? 1 : 0);
      if (failed != 0 && !error_) {
        error_ =
            base::Error{ErrorCode::kBadInput, "the file is not well-formed RDF/XML", {path_, LineOf(nullptr), 0}, {}};
      }
      if (error_) return Ended();
    } while (got > 0);
    return std::move(summary_);
  }

 private:
  uint32_t LineOf(const raptor_locator* locator) const {
    if (locator == nullptr && parser_ != nullptr) locator = raptor_parser_get_locator(parser_.get());
    return locator != nullptr && locator->line > 0 ? static_cast<uint32_t>(locator->line) : 1;
  }

  // raptor gives no statements after an error, so that skipping one is skipping the rest.
  base::Result<RdfReadSummary> Ended() {
    if (!skip_errors_ || error_->code != ErrorCode::kBadInput || is_visitors_) return base::Fail(*error_);
    summary_.skipped_total = 1;
    summary_.skipped.push_back(std::move(*error_));
    return std::move(summary_);
  }

  void Stop(base::Error error) {
    if (error_) return;
    error_ = std::move(error);
    if (parser_ != nullptr) raptor_parser_parse_abort(parser_.get());
  }

  static void OnLog(void* self, raptor_log_message* message) noexcept {
    auto& reading = *static_cast<Reading*>(self);
    if (message->level < RAPTOR_LOG_LEVEL_ERROR || reading.error_) return;
    std::string text = message->text == nullptr ? "an error in RDF/XML" : message->text;
    while (!text.empty() && text.back() == '\n') text.pop_back();
    int column = message->locator == nullptr ? 0 : message->locator->column;
    base::Error error{ErrorCode::kBadInput,
                      std::move(text),
                      {reading.path_, reading.LineOf(message->locator), static_cast<uint32_t>(std::max(column, 0))},
                      {}};
    reading.Stop(std::move(error));
  }

  // Written labels and made ones are kept apart by their first letter. raptor takes over the text, and frees `written`
  // where it is given.
  static unsigned char* OnBlank(void* self, unsigned char* written) noexcept {
    auto& reading = *static_cast<Reading*>(self);
    std::string label = written == nullptr
                            ? fmt::format("{}-{}", reading.label_prefix_, ++reading.made_)
                            : fmt::format("{}_{}", reading.label_prefix_, reinterpret_cast<const char*>(written));
    if (written != nullptr) raptor_free_memory(written);
    auto* copy = static_cast<unsigned char*>(raptor_alloc_memory(label.size() + 1));
    if (copy != nullptr) std::memcpy(copy, label.c_str(), label.size() + 1);
    return copy;
  }

  bool ToTerm(const raptor_term& from, Term& to) {
    switch (from.type) {
      case RAPTOR_TERM_TYPE_URI:
        to = Term::Iri(TextOf(from.value.uri));
        return true;
      case RAPTOR_TERM_TYPE_BLANK:
        to = Term::Blank(TextOf(from.value.blank.string, from.value.blank.string_len));
        return true;
      case RAPTOR_TERM_TYPE_LITERAL: {
        const raptor_term_literal_value& literal = from.value.literal;
        if (literal.string_len > kMaxTokenBytes) return false;
        std::string text = TextOf(literal.string, literal.string_len);
        if (literal.language != nullptr && literal.language_len > 0) {
          to = Term::LangString(std::move(text), TextOf(literal.language, literal.language_len));
        } else {
          to = Term::Typed(std::move(text), literal.datatype == nullptr ? std::string() : TextOf(literal.datatype));
        }
        return true;
      }
      default:
        return false;
    }
  }

  static void OnStatement(void* self, raptor_statement* statement) noexcept {
    auto& reading = *static_cast<Reading*>(self);
    if (reading.error_) return;
    Quad quad;
    if (!reading.ToTerm(*statement->subject, quad.subject) || !reading.ToTerm(*statement->predicate, quad.predicate) ||
        !reading.ToTerm(*statement->object, quad.object)) {
      return reading.Stop({ErrorCode::kTooLarge,
                           fmt::format("a literal over the limit of {} MiB", kMaxTokenBytes >> 20),
                           {reading.path_, reading.LineOf(nullptr), 0},
                           {}});
    }
    if (base::Status status = reading.visit_(quad); !status) {
      if (status.error().place.file.empty()) status.error().place = {reading.path_, reading.LineOf(nullptr), 0};
      reading.is_visitors_ = true;
      return reading.Stop(std::move(status.error()));
    }
    ++reading.summary_.quads;
  }

  std::string path_, label_prefix_;
  bool skip_errors_;
  const std::function<base::Status(const Quad&)>& visit_;
  std::unique_ptr<raptor_world, FreeWorld> world_;
  std::unique_ptr<raptor_parser, FreeParser> parser_;  // goes before its world
  uint64_t made_ = 0;
  RdfReadSummary summary_;
  std::optional<base::Error> error_;
  bool is_visitors_ = false;  // the error came from the visitor
};

}  // namespace

base::Result<RdfReadSummary> ReadRdfXml(std::unique_ptr<base::ByteReader> bytes, const std::string& path,
                                        const std::string& base_iri, const std::string& label_prefix, bool skip_errors,
                                        const std::function<base::Status(const Quad&)>& visit) {
  return Reading(path, label_prefix, skip_errors, visit).Read(*bytes, base_iri);
}

}  // namespace sitgraph::graph
