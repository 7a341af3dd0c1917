#include "src/resolve/decisions.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/csv.h"
#include "base/text.h"
#include "src/codebook/identity.h"

namespace sitgraph::resolve {
namespace {

using extract::EntityId;
using extract::Frame;

bool IsId(std::string_view text) {
  const size_t slash = text.find('/');
  return slash != std::string_view::npos && codebook::EntityKindFromWord(text.substr(0, slash)).has_value() &&
         slash + 1 < text.size() && text.find_first_of(" \t\n<>\"") == std::string_view::npos;
}

class Parser {
 public:
  explicit Parser(const std::string& file) : file_(file) {}

  void Take(const base::CsvRow& row) {
    std::vector<std::string> fields;
    for (const std::string& field : row.fields) fields.emplace_back(base::Trim(field));
    const std::string& what = fields.front();
    if (what == "same" && Fits(row, fields, {1, 2}, 3)) {
      if (fields[1].substr(0, fields[1].find('/')) != fields[2].substr(0, fields[2].find('/'))) {
        Wrong(row, 2, "'" + fields[1] + "' and '" + fields[2] + "' are of different kinds");
      } else if (fields[1] == fields[2] || !same_rows_.emplace(fields[1], row.line).second) {
        Wrong(row, 1, "'" + fields[1] + "' is decided on twice, or is itself");
      } else {
        out_.same[fields[1]] = fields[2];
      }
    } else if (what == "different" && Fits(row, fields, {1, 3}, 4)) {
      if (!out_.different.emplace(std::pair(fields[2], fields[1]), fields[3]).second) {
        Wrong(row, 1, "'" + fields[1] + "' is decided on twice for that report");
      }
    } else if (what == "rename" && Fits(row, fields, {1}, 3)) {
      if (fields[2].empty()) Wrong(row, 2, "the new name is empty");
      if (!out_.names.emplace(fields[1], fields[2]).second) Wrong(row, 1, "'" + fields[1] + "' is renamed twice");
    } else if (what != "same" && what != "different" && what != "rename") {
      const auto near = base::Nearest(what, {"same", "different", "rename"});
      Wrong(row, 0, "unknown decision '" + what + "'",
            near ? "did you mean '" + *near + "'?" : "there are same, different, rename");
    }
  }

  void Wrong(base::Error error) { errors_.push_back(std::move(error)); }

  tl::expected<Decisions, std::vector<base::Error>> Finish() {
    for (auto& [id, target] : out_.same) {
      std::set<std::string> seen = {id};
      for (auto next = out_.same.find(target); next != out_.same.end(); next = out_.same.find(target)) {
        if (!seen.insert(target).second) break;
        target = next->second;
      }
      if (!seen.contains(target)) continue;
      Wrong({base::ErrorCode::kBadInput, "'" + id + "' leads back to itself", {file_, same_rows_[id], 1}, {}});
    }
    if (!errors_.empty()) return tl::unexpected(std::move(errors_));
    return std::move(out_);
  }

 private:
  void Wrong(const base::CsvRow& row, size_t field, const std::string& message, const std::string& hint = {}) {
    const uint32_t column = field < row.columns.size() ? row.columns[field] : 1;
    Wrong({base::ErrorCode::kBadInput, message, {file_, row.line, column}, hint});
  }

  bool Fits(const base::CsvRow& row, const std::vector<std::string>& fields, std::initializer_list<size_t> ids,
            size_t number) {
    if (fields.size() != number) {
      Wrong(row, 0, fmt::format("'{}' takes {} fields, this row has {}", fields[0], number, fields.size()));
      return false;
    }
    for (const size_t i : ids) {
      if (IsId(fields[i])) continue;
      Wrong(row, i, "'" + fields[i] + "' is no id",
            "ids are as sitgraph show gives them, from the kind on: place/palmyra");
      return false;
    }
    return true;
  }

  const std::string& file_;
  Decisions out_;
  std::map<std::string, uint32_t> same_rows_;
  std::vector<base::Error> errors_;
};

// Puts entities that bear one id together.
class Merger {
 public:
  explicit Merger(Frame frame) : frame_(std::move(frame)) {}

  Frame Merge() {
    std::map<std::pair<std::string, codebook::EntityKind>, size_t> kept;
    std::vector<extract::Entity> entities;
    for (extract::Entity& entity : frame_.entities) {
      const auto [known, is_new] = kept.try_emplace({entity.iri, entity.kind}, entities.size());
      new_ids_.push_back(static_cast<EntityId>(known->second));
      if (is_new) {
        entities.push_back(std::move(entity));
        continue;
      }
      extract::Entity& into = entities[known->second];
      into.aliases.push_back(entity.name);
      into.aliases.insert(into.aliases.end(), entity.aliases.begin(), entity.aliases.end());
      into.mentions.insert(into.mentions.end(), entity.mentions.begin(), entity.mentions.end());
      into.named = into.named || entity.named;
      if (!into.latitude && entity.latitude) {
        into.latitude = entity.latitude;
        into.longitude = entity.longitude;
      }
      if (into.place_type.empty()) into.place_type = entity.place_type;
      if (into.country.empty()) into.country = entity.country;
      if (into.within.empty()) into.within = entity.within;
    }
    frame_.entities = std::move(entities);
    for (extract::Event& event : frame_.events) {
      for (auto* role : {&event.agent, &event.target, &event.partner, &event.instrument, &event.place, &event.origin,
                         &event.destination, &event.source}) {
        Renumber(*role);
      }
    }
    for (extract::Count& count : frame_.counts) {
      if (count.entity) count.entity = NewId(*count.entity);
    }
    for (extract::Relation& relation : frame_.relations) {
      relation.subject = NewId(relation.subject);
      if (auto* object = std::get_if<EntityId>(&relation.object)) *object = NewId(*object);
    }
    // "Tadmur, also called Palmyra" says nothing where both are one.
    std::erase_if(frame_.relations, [](const extract::Relation& relation) {
      const auto* object = std::get_if<EntityId>(&relation.object);
      return object != nullptr && *object == relation.subject;
    });
    return std::move(frame_);
  }

 private:
  EntityId NewId(EntityId id) const { return new_ids_[static_cast<size_t>(id)]; }
  void Renumber(std::vector<EntityId>& ids) const {
    std::vector<EntityId> out;
    for (const EntityId id : ids) {
      if (std::find(out.begin(), out.end(), NewId(id)) == out.end()) out.push_back(NewId(id));
    }
    ids = std::move(out);
  }

  Frame frame_;
  std::vector<EntityId> new_ids_;
};

}  // namespace

tl::expected<Decisions, std::vector<base::Error>> ParseDecisions(std::string_view text, const std::string& file) {
  Parser parser(file);
  base::CsvReader reader(base::ReaderOver(std::string(text)), file, {.comments = true});
  for (;;) {
    const auto row = reader.Next();
    if (!row) {
      parser.Wrong(row.error());
      if (row.error().code != base::ErrorCode::kBadInput && row.error().code != base::ErrorCode::kTooLarge) break;
      continue;
    }
    if (*row == nullptr) break;
    parser.Take(**row);
  }
  return parser.Finish();
}

Frame Apply(const Decisions& decisions, const Frame& frame) {
  if (decisions.same.empty() && decisions.different.empty()) return frame;
  Frame out = frame;
  bool changed = false;
  for (extract::Entity& entity : out.entities) {
    const std::string id = entity.iri.empty() ? codebook::EntityIri(entity.kind, entity.name) : entity.iri;
    std::string decided = id;
    if (const auto other = decisions.different.find({out.report.id, id}); other != decisions.different.end()) {
      decided = other->second;
    } else if (const auto same = decisions.same.find(id); same != decisions.same.end()) {
      decided = same->second;
    }
    if (decided == id) continue;
    entity.iri = decided;
    // Where it lies was told of the entity that it was taken for.
    entity.latitude = entity.longitude = std::nullopt;
    entity.place_type = entity.country = entity.within = "";
    changed = true;
  }
  return changed ? Merger(std::move(out)).Merge() : out;
}

}  // namespace sitgraph::resolve
