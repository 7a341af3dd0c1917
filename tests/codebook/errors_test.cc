// What Codebook::Load says of wrong files: every error, with its place and a suggestion.
#include <stdlib.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "src/codebook/codebook.h"

namespace sitgraph::codebook {
namespace {

namespace fs = std::filesystem;

// A folder with a small correct codebook, of which files can be replaced; removed at the end.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "sitgraph_codebook_XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
    for (const auto& [file, text] : files_) Write(file, text);
  }
  ~Folder() { fs::remove_all(path_); }

  void Write(const std::string& file, const std::string& text) const {
    std::ofstream(path_ / file, std::ios::binary) << text;
  }
  // Appends rows to one of the correct files.
  void Append(const std::string& file, const std::string& rows) const { Write(file, files_.at(file) + rows); }
  void Remove(const std::string& file) const { fs::remove(path_ / file); }

  // "file:line:column: message [hint]", one a line; "" where all is well.
  std::string Load() const {
    const auto book = Codebook::Load(path_.string());
    std::string out;
    if (book) return out;
    for (const base::Error& e : book.error()) {
      out += fs::path(e.place.file).filename().string() + ":" + std::to_string(e.place.line) + ":" +
             std::to_string(e.place.column) + ": " + e.message;
      if (!e.hint.empty()) out += " [" + e.hint + "]";
      out += "\n";
    }
    return out;
  }
  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
  const std::map<std::string, std::string> files_ = {
      {"event_types.csv",
       "id,group,parent,label,definition,plover_event,plover_mode,cameo,acled_event,acled_sub_event\n"
       "capture,control,,Capture,Territory changes hands,COERCE,confiscate,192,Battles,\n"},
      {"countries.csv",
       "iso,name,aliases,adjectives,people,government,latitude,longitude\n"
       "SY,Syria,,Syrian,Syrians,Syrian government,35,38\n"},
      {"places.csv",
       "id,name,aliases,type,country,within,latitude,longitude\n"
       ",Homs,Hims,settlement,SY,,34.73,36.71\n"},
      {"actors.csv",
       "id,kind,name,aliases,country,within,office\n"
       ",force,Islamic State,=IS;ISIS,,,\n"},
      {"materiel.csv", "id,name,aliases,class,country\n"},
      {"nouns.csv", "lemma,kind,unit,collective\ntank,materiel,item,\nmilitant,force,person,\n"},
      {"titles.csv", "words,type\nspokesman,office\n"},
      {"units.csv", "word,forms,code\nkilometre,kilometres;km,km\n"},
      {"triggers.csv", "type,part,words,frame,limits,harm,note\ncapture,verb,capture,object=place,,,\n"},
      {"cues.csv", "cue,words,note\nsaying,say,\n"},
  };
};

TEST_CASE("the small codebook of these tests is correct") { CHECK(Folder().Load() == ""); }

TEST_CASE("rows appended to a correct file give the error they deserve") {
  struct Case {
    std::string file, rows, errors;
  };
  const std::vector<Case> cases = {
      {"places.csv", ",Hama,,setlement,SY,,35,36\n",
       "places.csv:3:8: unknown type 'setlement' [did you mean 'settlement'?]\n"},
      {"places.csv", ",Hama,,settlement,sy,,35,36\n",
       "places.csv:3:19: malformed country code 'sy' [two capital letters of ISO 3166-1]\n"},
      {"places.csv", ",Hama,,settlement,QX,,35,36\n", "places.csv:3:19: country 'QX' is not in countries.csv\n"},
      {"places.csv", ",Hama,,settlement,SY,homz,35,36\n",
       "places.csv:3:22: unknown within 'homz' [did you mean 'homs'?]\n"},
      {"places.csv", ",Hama,,settlement,SY,place/homz,35,36\n",
       "places.csv:3:22: unknown within 'place/homz' [did you mean 'place/homs'?]\n"},
      {"places.csv", ",Hama,,settlement,SY,force/islamic-state,35,36\n",
       "places.csv:3:22: 'force/islamic-state' cannot hold a place\n"},
      {"places.csv", ",Hama,,settlement,SY,salamiyah,35,36\n,Salamiyah,,settlement,SY,hama,35,37\n",
       "places.csv:3:22: 'place/hama' lies within itself\n"},
      {"places.csv", ",Hama,,settlement,SY,hama,35,36\n", "places.csv:3:22: 'place/hama' lies within itself\n"},
      {"places.csv", ",Hama,,settlement,SY,,135,36\n",
       "places.csv:3:23: coordinate out of range: 135 [latitudes go from -90 to 90, longitudes from -180 to 180]\n"},
      {"places.csv", ",Hama,,settlement,SY,,nan,36\n",
       "places.csv:3:23: coordinate out of range: nan [latitudes go from -90 to 90, longitudes from -180 to 180]\n"},
      {"places.csv", ",Hama,,settlement,SY,,35N,36\n",
       "places.csv:3:23: not a number: '35N' [decimal degrees, as 35.336]\n"},
      {"places.csv", ",Hama,,settlement,SY,,35,\n", "places.csv:3:26: one coordinate without the other\n"},
      {"places.csv", ",Hama,Hims,settlement,SY,,35,36\n",
       "places.csv:3:7: 'Hims' names two entries of one kind and country, or one twice; first in FOLDER/places.csv:2 "
       "[leave one out, or tell the entries apart by what they lie within]\n"},
      {"places.csv", ",Hama,Hamah;HAMAH,settlement,SY,,35,36\n",
       "places.csv:3:13: 'HAMAH' names two entries of one kind and country, or one twice; first in FOLDER/places.csv:3 "
       "[leave one out, or tell the entries apart by what they lie within]\n"},
      {"places.csv", ",Homs,,settlement,,,35,36\n",
       "places.csv:3:2: id 'place/homs' twice, first in FOLDER/places.csv:2 [write an id of its own into the row]\n"},
      {"places.csv", "homs-2,Homs,,settlement,,,35,36\n",
       "places.csv:3:1: malformed id 'homs-2' ['place/' and a name of small letters, digits and hyphens]\n"},
      {"places.csv", ",Hama,,settlement,SY,,35\n",
       "places.csv:3:23: row has 7 fields, the header has 8 [empty cells need their comma too]\n"},
      {"places.csv", ",Hama,,settlement,SY,,35,36,7\n",
       "places.csv:3:29: row has 9 fields, the header has 8 [put a cell that holds a comma in double quotes]\n"},
      {"places.csv", ",,,settlement,SY,,35,36\n", "places.csv:3:2: empty name\n"},
      {"actors.csv", ",forse,Army,,,,\n", "actors.csv:3:2: unknown kind of actor 'forse' [did you mean 'force'?]\n"},
      {"actors.csv", ",force,Army,,,,President\n", "actors.csv:3:16: an office of 'Army', which is no person\n"},
      {"actors.csv", ",force,Army,,,place/homs,\n", "actors.csv:3:15: 'place/homs' cannot hold a force\n"},
      {"materiel.csv", ",T-72,,tnk,\n",
       "materiel.csv:2:8: class 'tnk' is no materiel in nouns.csv [did you mean 'tank'?]\n"},
      {"nouns.csv", "Rebel,force,person,\n", "nouns.csv:4:1: capital letters in 'Rebel' [write 'rebel']\n"},
      {"nouns.csv", "rebel,forces,person,\n", "nouns.csv:4:7: unknown kind 'forces' [did you mean 'force'?]\n"},
      {"nouns.csv", "rebel,force,people,\n", "nouns.csv:4:13: unknown unit 'people' [person or item]\n"},
      {"nouns.csv", "rebel,force,person,y\n", "nouns.csv:4:20: neither yes nor no: 'y'\n"},
      {"nouns.csv", "tank,materiel,item,\n", "nouns.csv:4:1: noun 'tank' twice, first in line 2\n"},
      {"titles.csv", "Spokesman,office\n",
       "titles.csv:3:1: title 'Spokesman' twice or without letters [case, stops and hyphens make no difference]\n"},
      {"titles.csv", "General,ranks\n", "titles.csv:3:9: unknown type 'ranks' [did you mean 'rank'?]\n"},
      {"units.csv", "mile,miles;km,mi\n",
       "units.csv:3:12: unit 'km' twice [case, stops and hyphens make no difference]\n"},
      {"countries.csv", "SY,Iraq,,Iraqi,,,33,44\n", "countries.csv:3:1: country 'SY' twice\n"},
      {"countries.csv", "IQ,Iraq,,Syrian,,,33,44\n", "countries.csv:3:10: demonym 'Syrian' is that of Syria too\n"},
      {"event_types.csv", "captur,contrl,,L,D,,,,,\n",
       "event_types.csv:3:8: unknown group 'contrl' [did you mean 'control'?]\n"},
      {"event_types.csv", "a,control,captur,L,D,,,,,\n",
       "event_types.csv:3:11: unknown parent type 'captur' [did you mean 'capture'?]\n"},
      {"event_types.csv", "a,control,b,L,D,,,,,\nb,control,a,L,D,,,,,\n",
       "event_types.csv:3:11: 'a' is its own parent, through 'b'\n"
       "event_types.csv:4:11: 'b' is its own parent, through 'a'\n"},
      {"event_types.csv", "ambush,fighting,,Ambush,D,,,,,\n",
       "event_types.csv:3:1: no trigger tells 'ambush' [add its words to triggers.csv]\n"},
      {"triggers.csv", "captur,verb,seize,,,,\n",
       "triggers.csv:3:1: unknown event type 'captur' [did you mean 'capture'?]\n"},
      {"event_types.csv", "capture,control,,L,D,,,,,\n",
       "event_types.csv:3:1: event type 'capture' twice, first in line 2\n"},
      {"event_types.csv", "a b,control,,L,D,,,,,\n",
       "event_types.csv:3:1: malformed id 'a b' [small letters, digits and single hyphens]\n"},
      {"event_types.csv", "a,control,,L,D,ASSALT,,,,\n",
       "event_types.csv:3:16: unknown PLOVER event 'ASSALT' [did you mean 'ASSAULT'?]\n"},
      {"event_types.csv", "a,control,,L,D,,,19x,,\n",
       "event_types.csv:3:18: malformed CAMEO code '19x' [two to four digits that start with 01 to 20; keep the "
       "leading "
       "zero]\n"},
      {"event_types.csv", "a,control,,L,D,,,73,,\n",
       "event_types.csv:3:18: malformed CAMEO code '73' [two to four digits that start with 01 to 20; keep the leading "
       "zero]\n"},
      {"event_types.csv", "a,control,,L,D,,,,Battle,\n",
       "event_types.csv:3:19: unknown ACLED event type 'Battle' [did you mean 'Battles'?]\n"},
      {"event_types.csv", "a,control,,L,D,,,,Battles,Armed clashes\n",
       "event_types.csv:3:27: unknown ACLED sub-event 'Armed clashes' of 'Battles' [did you mean 'Armed clash'?]\n"},
  };
  for (const Case& c : cases) {
    INFO(c.file << ": " << c.rows);
    const Folder folder;
    folder.Append(c.file, c.rows);
    std::string expected = c.errors;
    const size_t at = expected.find("FOLDER");
    if (at != std::string::npos) expected.replace(at, 6, folder.path());
    CHECK(folder.Load() == expected);
  }
}

TEST_CASE("headers are read by name and checked") {
  const Folder folder;
  folder.Write("titles.csv", "# ranks first\n\ntype,words\nrank,General\n");
  CHECK(folder.Load() == "");
  folder.Write("titles.csv", "word,type\nGeneral,rank\n");
  CHECK(folder.Load() ==
        "titles.csv:1:1: unknown column 'word' [did you mean 'words'?]\n"
        "titles.csv:1:1: no column 'words' [columns are: words, type]\n");
  folder.Write("titles.csv", "words,type,type\nGeneral,rank,rank\n");
  CHECK(folder.Load() == "titles.csv:1:12: column 'type' twice\n");
  folder.Write("titles.csv", "");
  CHECK(folder.Load() == "titles.csv:1:1: no header row [the first row names the columns: words, type]\n");
  folder.Write("titles.csv", "\xEF\xBB\xBFwords,type\r\nGeneral,rank\r\n");
  CHECK(folder.Load() == "");
  folder.Write("titles.csv", "words,type\nG\xE9n\xE9ral,rank\n");
  CHECK(folder.Load() == "titles.csv:2:0: not UTF-8 [save the file as UTF-8]\n");
}

TEST_CASE("all errors of all files come at once, in the order of the files") {
  const Folder folder;
  folder.Append("units.csv", "Mile,,mi\n");
  folder.Append("places.csv",
                ",Hama,,settlement,SY,homz,35,36\n\"unclosed,,settlement,SY,,35,36\n,Idlib,,toun,SY,,35,36\n");
  folder.Append("event_types.csv", "a,control,captur,L,D,,,,,\n");
  CHECK(folder.Load() ==
        "event_types.csv:3:11: unknown parent type 'captur' [did you mean 'capture'?]\n"
        "places.csv:3:22: unknown within 'homz' [did you mean 'homs'?]\n"
        "places.csv:4:1: quoted field is not closed [add the closing quote, and write a quote inside a field as two "
        "quotes]\n"
        "places.csv:5:9: unknown type 'toun' [one of: country, region, governorate, district, zone, settlement, camp, "
        "road, base, feature]\n"
        "units.csv:3:1: capital letters in 'Mile' [write 'mile']\n");
}

TEST_CASE("a missing file is named") {
  const Folder folder;
  folder.Remove("nouns.csv");
  const auto book = Codebook::Load(folder.path());
  REQUIRE_FALSE(book);
  REQUIRE(book.error().size() == 1);
  CHECK(book.error()[0].code == base::ErrorCode::kNotFound);
  CHECK(book.error()[0].place.file == folder.path() + "/nouns.csv");
}

TEST_CASE("the count of errors is bounded") {
  const Folder folder;
  std::string rows;
  for (int i = 0; i < 5000; ++i) rows += ",Town " + std::to_string(i) + ",,toun,SY,,35,36\n";
  folder.Append("places.csv", rows);
  const auto book = Codebook::Load(folder.path());
  REQUIRE_FALSE(book);
  CHECK(book.error().size() == 1001);
  CHECK(book.error().back().message == "more errors than the 1000 shown");
}

TEST_CASE("the digest follows the content") {
  const Folder folder;
  const std::string before = Codebook::Load(folder.path())->digest();
  CHECK(before.size() == 64);
  CHECK(Codebook::Load(folder.path())->digest() == before);
  folder.Append("titles.csv", "minister,office\n");
  CHECK(Codebook::Load(folder.path())->digest() != before);
  const std::string after = Codebook::Load(folder.path())->digest();
  folder.Write("titles.csv", "words,type\nspokesman,office\n");
  CHECK(Codebook::Load(folder.path())->digest() == before);
  CHECK(after != before);
}

TEST_CASE("the codebook's folder is the option, else the environment, else beside the program") {
  const Folder folder;
  CHECK(FindCodebookFolder(folder.path()).value() == folder.path());
  const auto wrong = FindCodebookFolder(folder.path() + "/none");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().code == base::ErrorCode::kNotFound);
  CHECK(wrong.error().place.file == folder.path() + "/none");

  REQUIRE(setenv("SITGRAPH_CODEBOOK", folder.path().c_str(), 1) == 0);
  CHECK(FindCodebookFolder("").value() == folder.path());
  REQUIRE(setenv("SITGRAPH_CODEBOOK", "/nowhere", 1) == 0);
  CHECK_FALSE(FindCodebookFolder(""));
  REQUIRE(unsetenv("SITGRAPH_CODEBOOK") == 0);
  // The tests run from a build tree inside the source tree.
  const auto found = FindCodebookFolder("");
  REQUIRE(found);
  CHECK(fs::equivalent(*found, fs::path(SITGRAPH_SOURCE_DIR) / "codebook"));
}

}  // namespace
}  // namespace sitgraph::codebook
