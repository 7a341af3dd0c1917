// The only file that knows raptor.
#include "graph/rdf_xml.h"

#include <fmt/format.h>
#include <raptor2.h>

#include <cstdlib>
#include <cstring>
#include <optional>
#include <vector>

namespace sitgraph::graph {
namespace {

using base::ErrorCode;

constexpr size_t kMaxKeptErrors = 1000;
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
    size_t got = 0;
    do {
      auto read = bytes.Read(buffer.data(), buffer.size());
      if (!read) return base::Fail(read.error());
      got = *read;
      // raptor may keep the last byte's line for its message, so the end is told with a chunk of its own.
      int failed = raptor_parser_parse_chunk(parser_.get(), reinterpret_cast<const unsigned char*>(buffer.data()), got,
                                             got == 0 ? 1 : 0);
      if (error_) return base::Fail(*error_);
      if (failed != 0) {
        return base::Fail(ErrorCode::kBadInput, "the file is not well-formed RDF/XML", {path_, LineOf(nullptr), 0});
      }
    } while (got > 0);
    return std::move(summary_);
  }

 private:
  uint32_t LineOf(const raptor_locator* locator) const {
    if (locator == nullptr && parser_ != nullptr) locator = raptor_parser_get_locator(parser_.get());
    return locator != nullptr && locator->line > 0 ? static_cast<uint32_t>(locator->line) : 1;
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
    if (!reading.skip_errors_ || message->level == RAPTOR_LOG_LEVEL_FATAL) return reading.Stop(std::move(error));
    ++reading.summary_.skipped_total;
    if (reading.summary_.skipped.size() < kMaxKeptErrors) reading.summary_.skipped.push_back(std::move(error));
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
};

}  // namespace

base::Result<RdfReadSummary> ReadRdfXml(std::unique_ptr<base::ByteReader> bytes, const std::string& path,
                                        const std::string& base_iri, const std::string& label_prefix, bool skip_errors,
                                        const std::function<base::Status(const Quad&)>& visit) {
  return Reading(path, label_prefix, skip_errors, visit).Read(*bytes, base_iri);
}

}  // namespace sitgraph::graph
