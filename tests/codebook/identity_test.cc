// Entity IRIs and kinds.
#include "src/codebook/identity.h"

#include <catch2/catch.hpp>
#include <string>
#include <tuple>
#include <vector>

namespace sitgraph::codebook {
namespace {

TEST_CASE("entity IRIs follow the kind and the name without its article") {
  const std::vector<std::tuple<EntityKind, std::string, std::string>> cases = {
      {EntityKind::kPlace, "Deir ez-Zor", "place/deir-ez-zor"},
      {EntityKind::kPlace, "Al-Rastan", "place/rastan"},
      {EntityKind::kPlace, "Rastan", "place/rastan"},
      {EntityKind::kPlace, "al Rastan", "place/rastan"},
      {EntityKind::kPlace, "Ar-Raqqah", "place/raqqah"},
      {EntityKind::kPlace, "As Suwayda", "place/suwayda"},
      {EntityKind::kPlace, "An Najaf", "place/najaf"},
      {EntityKind::kPlace, "the Golan Heights", "place/golan-heights"},
      {EntityKind::kPlace, "The Hague", "place/hague"},
      {EntityKind::kPlace, "El Salvador", "place/el-salvador"},
      {EntityKind::kPlace, "el-Arish", "place/arish"},
      {EntityKind::kPlace, "Al", "place/al"},
      {EntityKind::kPlace, "al-", "place/al"},
      {EntityKind::kPlace, "al- '", "place/al"},
      {EntityKind::kPlace, "Türkiye", "place/turkiye"},
      {EntityKind::kPlace, "Dar‘a", "place/dara"},
      {EntityKind::kPlace, "  Homs ", "place/homs"},
      {EntityKind::kForce, "the militants", "force/militants"},
      {EntityKind::kForce, "a militia", "force/militia"},
      {EntityKind::kForce, "an armed group", "force/armed-group"},
      {EntityKind::kForce, "al-Nusra Front", "force/al-nusra-front"},
      {EntityKind::kPerson, "Sergei Rudskoi", "person/sergei-rudskoi"},
      {EntityKind::kOrganization, "Человек", "organization/%D1%87%D0%B5%D0%BB%D0%BE%D0%B2%D0%B5%D0%BA"},
      {EntityKind::kMateriel, "Su-24", "materiel/su-24"},
      {EntityKind::kPeople, "", "people/_"},
      {EntityKind::kFacility, "...", "facility/_"},
      {EntityKind::kFacility, "the", "facility/the"},
  };
  for (const auto& [kind, name, expected] : cases) {
    INFO(name);
    CHECK(EntityIri(kind, name) == expected);
  }
}

TEST_CASE("long names get short IRIs that stay distinct") {
  std::string shared;
  for (int i = 0; i < 60; ++i) shared += "д name ";
  const std::string a = EntityIri(EntityKind::kForce, shared + "one");
  const std::string b = EntityIri(EntityKind::kForce, shared + "two");
  CHECK(a != b);
  CHECK(a == EntityIri(EntityKind::kForce, shared + "ONE"));
  CHECK(a.size() <= 160);
  // No percent escape is cut in half.
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i] != '%') continue;
    REQUIRE(i + 2 < a.size());
    CHECK(std::string_view("0123456789ABCDEF").find(a[i + 1]) != std::string_view::npos);
    CHECK(std::string_view("0123456789ABCDEF").find(a[i + 2]) != std::string_view::npos);
  }
}

TEST_CASE("kinds have words") {
  for (int k = 0; k < kEntityKindCount; ++k) {
    const auto kind = static_cast<EntityKind>(k);
    CHECK(EntityKindFromWord(ToWord(kind)) == kind);
  }
  CHECK_FALSE(EntityKindFromWord("Place"));
  CHECK_FALSE(EntityKindFromWord(""));
}

}  // namespace
}  // namespace sitgraph::codebook
