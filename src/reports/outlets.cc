#include "src/reports/outlets.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace sitgraph::reports {
namespace {

struct Outlet {
  std::string_view written;  // lower case
  std::string_view name;
};

// As written (lower case, without "the") and as the graph names it.
constexpr std::array kOutlets = std::to_array<Outlet>({
    {"aa", "Anadolu Agency"},
    {"afp", "AFP"},
    {"agence france-presse", "AFP"},
    {"agence france presse", "AFP"},
    {"ahram online", "Ahram Online"},
    {"al alam", "Al Alam"},
    {"al arabiya", "Al Arabiya"},
    {"al arabiya english", "Al Arabiya"},
    {"al jazeera", "Al Jazeera"},
    {"al manar", "Al Manar"},
    {"al mayadeen", "Al Mayadeen"},
    {"al-alam", "Al Alam"},
    {"al-arabiya", "Al Arabiya"},
    {"al-jazeera", "Al Jazeera"},
    {"al-manar", "Al Manar"},
    {"al-masdar", "Al-Masdar News"},
    {"al-masdar news", "Al-Masdar News"},
    {"al-mayadeen", "Al Mayadeen"},
    {"al-monitor", "Al-Monitor"},
    {"amn", "Al-Masdar News"},
    {"anadolu", "Anadolu Agency"},
    {"anadolu agency", "Anadolu Agency"},
    {"anf", "ANF News"},
    {"anf news", "ANF News"},
    {"anha", "ANHA"},
    {"ap", "AP"},
    {"ara news", "ARA News"},
    {"asharq al-awsat", "Asharq Al-Awsat"},
    {"asharq al-awsat english", "Asharq Al-Awsat"},
    {"associated press", "AP"},
    {"bbc", "BBC"},
    {"bbc news", "BBC"},
    {"centcom", "CENTCOM"},
    {"cnn", "CNN"},
    {"daily sabah", "Daily Sabah"},
    {"deutsche welle", "Deutsche Welle"},
    {"dpa", "dpa"},
    {"enab baladi", "Enab Baladi"},
    {"fars", "Fars"},
    {"fars news agency", "Fars"},
    {"fna", "Fars"},
    {"hawar news agency", "ANHA"},
    {"interfax", "Interfax"},
    {"iraqi news agency", "INA"},
    {"iraqi news", "Iraqi News"},
    {"irna", "IRNA"},
    {"jordan times", "Jordan Times"},
    {"kurdistan 24", "Kurdistan 24"},
    {"kurdistan24", "Kurdistan 24"},
    {"middle east eye", "Middle East Eye"},
    {"national news agency", "NNA"},
    {"new york times", "The New York Times"},
    {"nina", "NINA"},
    {"nna", "NNA"},
    {"north press", "North Press"},
    {"north press agency", "North Press"},
    {"orient net", "Orient Net"},
    {"orient news", "Orient News"},
    {"press tv", "Press TV"},
    {"presstv", "Press TV"},
    {"qasioun news", "Qasioun News"},
    {"reuters", "Reuters"},
    {"ria", "RIA Novosti"},
    {"ria novosti", "RIA Novosti"},
    {"rt", "RT"},
    {"rudaw", "Rudaw"},
    {"sana", "SANA"},
    {"shafaq news", "Shafaq News"},
    {"smart news", "SMART News"},
    {"snhr", "SNHR"},
    {"sohr", "SOHR"},
    {"sputnik", "Sputnik"},
    {"sputnik news", "Sputnik"},
    {"step news", "STEP News"},
    {"step news agency", "STEP News"},
    {"syria tv", "Syria TV"},
    {"syrian arab news agency", "SANA"},
    {"syrian coalition", "Syrian Coalition"},
    {"syrian network for human rights", "SNHR"},
    {"syrian observatory for human rights", "SOHR"},
    {"tasnim", "Tasnim"},
    {"tass", "TASS"},
    {"guardian", "The Guardian"},
    {"new arab", "The New Arab"},
    {"the new arab", "The New Arab"},
    {"times of israel", "The Times of Israel"},
    {"trt", "TRT"},
    {"trt world", "TRT World"},
    {"trtworld", "TRT World"},
    {"upi", "UPI"},
    {"voa", "VOA"},
    {"voice of america", "VOA"},
    {"washington post", "The Washington Post"},
    {"xinhua", "Xinhua"},
    {"zaman al-wasl", "Zaman al-Wasl"},
});
constexpr size_t kLongestOutlet = 40;  // bytes, with "the" and what may stand behind

constexpr std::array<std::string_view, 44> kCities = {
    "aleppo",  "amman",    "ankara", "baghdad",      "basra",  "beijing",  "beirut",    "berlin",    "brussels",
    "cairo",   "damascus", "daraa",  "deir ez-zor",  "doha",   "dubai",    "erbil",     "gaziantep", "geneva",
    "hama",    "hasakah",  "homs",   "idlib",        "irbil",  "istanbul", "jerusalem", "kirkuk",    "kobani",
    "latakia", "london",   "manbij", "moscow",       "mosul",  "new york", "palmyra",   "paris",     "qamishli",
    "raqqa",   "riyadh",   "sochi",  "sulaimaniyah", "tehran", "tel aviv", "vienna",    "washington"};

bool EatPrefix(std::string_view& text, std::string_view prefix) {
  if (!base::StartsWithIgnoringAsciiCase(text, prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool EatSuffix(std::string_view& text, std::string_view suffix) {
  if (text.size() < suffix.size() || !base::EqualsIgnoringAsciiCase(text.substr(text.size() - suffix.size()), suffix)) {
    return false;
  }
  text.remove_suffix(suffix.size());
  return true;
}

std::string_view Listed(std::string_view text) {
  const std::string lower = base::Lower(text);
  const auto* const found =
      std::find_if(kOutlets.begin(), kOutlets.end(), [&](const Outlet& outlet) { return outlet.written == lower; });
  return found == kOutlets.end() ? std::string_view() : found->name;
}

}  // namespace

std::string_view OutletName(std::string_view text) {
  text = base::Trim(text);
  if (text.empty() || text.size() > kLongestOutlet + 20) return {};
  if (const std::string_view name = Listed(text); !name.empty()) return name;
  EatPrefix(text, "the ");
  for (const std::string_view suffix : {" and agencies", " & agencies", " and other agencies", " media office",
                                        " media department", " staff", ".com"}) {
    if (EatSuffix(text, suffix)) break;
  }
  if (const std::string_view name = Listed(text); !name.empty()) return name;
  for (const std::string_view possessive : {"'s", "\xE2\x80\x99s", "s"}) {
    std::string_view owner = text;
    if (EatSuffix(owner, possessive)) {
      if (const std::string_view name = Listed(owner); !name.empty()) return name;
    }
  }
  return {};
}

bool IsCredit(std::string_view text) {
  text = base::Trim(text);
  if (text.empty() || text.size() > 120) return false;
  bool any = false;
  for (const std::string_view prefix :
       {"photo by", "photo courtesy of", "photo:", "photo/", "photo", "image:", "image by",
        "picture:", "credit:", "file photo", "handout photo", "via", "with", "source:"}) {
    if (EatPrefix(text, prefix)) {
      const bool is_photo = prefix.find("photo") != std::string_view::npos || prefix.substr(0, 5) == "image" ||
                            prefix == "picture:" || prefix == "credit:";
      if (is_photo) return true;  // whoever took it
      break;
    }
  }
  // Names may hold blanks: at each word the longest listed name is taken.
  while (!(text = base::Trim(text)).empty()) {
    bool matched = false;
    for (const std::string_view joint : {"and ", "& ", ",", "/", "+", ";", "|"})
      matched = matched || EatPrefix(text, joint);
    if (matched) continue;
    size_t best = 0;
    for (size_t end = 1; end <= std::min(text.size(), kLongestOutlet); ++end) {
      const bool boundary = end == text.size() || std::string_view(" ,/+;|").find(text[end]) != std::string_view::npos;
      if (!boundary) continue;
      const std::string_view word = text.substr(0, end);
      const bool generic =
          base::EqualsIgnoringAsciiCase(word, "agencies") || base::EqualsIgnoringAsciiCase(word, "photo") ||
          base::EqualsIgnoringAsciiCase(word, "file photo") || base::EqualsIgnoringAsciiCase(word, "file") ||
          base::EqualsIgnoringAsciiCase(word, "handout") || base::EqualsIgnoringAsciiCase(word, "archive");
      if (generic || !OutletName(word).empty()) best = end;
    }
    if (best == 0) return false;
    any = true;
    text.remove_prefix(best);
  }
  return any;
}

bool IsDatelineCity(std::string_view text) {
  return std::any_of(kCities.begin(), kCities.end(),
                     [&](std::string_view city) { return base::EqualsIgnoringAsciiCase(city, text); });
}

}  // namespace sitgraph::reports
