// Places of the gazetteer as entries of the codebook, made when they are first asked for.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "src/codebook/content.h"
#include "src/codebook/gazetteer.h"

namespace sitgraph::codebook {

// Thread-safe. `content` must outlive it; entries last as long as it does.
class GazetteerEntries {
 public:
  GazetteerEntries(Gazetteer gazetteer, const Content& content);

  const Gazetteer& gazetteer() const { return gazetteer_; }
  std::optional<NameMatch> Match(std::span<const std::string_view> tokens, bool any_case) const;
  const Entry* Find(std::string_view id) const;

 private:
  const Entry* EntryOf(uint32_t place) const;
  std::unique_ptr<Entry> Make(const GazetteerPlace& place) const;
  // The codebook's place of that name in the country, of the same level and not far from there; or nullptr.
  const Entry* KnownAs(const GazetteerPlace& place) const;

  Gazetteer gazetteer_;
  const Content& content_;
  std::unordered_map<std::string, std::string> country_ids_;  // by ISO code
  mutable std::mutex mutex_;
  mutable std::unordered_map<uint32_t, const Entry*> entry_of_;  // by place
  mutable std::vector<std::unique_ptr<Entry>> made_;
};

}  // namespace sitgraph::codebook
