#include "base/file.h"

#include <sys/stat.h>
#include <zlib.h>

#include <catch2/catch.hpp>

#include "base/csv.h"
#include "tests/temporary_folder.h"

using namespace sitgraph::base;
using sitgraph::test::TemporaryFolder;

namespace {

std::string Gzip(const std::string& text) {
  TemporaryFolder folder;
  gzFile file = gzopen(folder.File("x.gz").c_str(), "wb");
  gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  gzclose(file);
  std::ifstream in(folder.File("x.gz"), std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("plain and gzip files read alike") {
  TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < 50000; ++i) text += "line " + std::to_string(i) + "\n";
  CHECK(ReadFile(folder.Write("plain", text)).value() == text);
  CHECK(ReadFile(folder.Write("packed", Gzip(text))).value() == text);
  CHECK(ReadFile(folder.Write("members", Gzip(text) + Gzip("more"))).value() == text + "more");
  CHECK(ReadFile(folder.Write("empty", "")).value().empty());
  CHECK(ReadFile(folder.Write("byte", "\x1f")).value() == "\x1f");
}

TEST_CASE("files that cannot be read say why") {
  TemporaryFolder folder;
  CHECK(ReadFile(folder.File("none")).error().code == ErrorCode::kNotFound);
  CHECK(ReadFile(folder.path()).error().code == ErrorCode::kUnreadable);
  const std::string packed = Gzip(std::string(100000, 'x'));
  CHECK(ReadFile(folder.Write("cut.gz", packed.substr(0, packed.size() / 2))).error().message ==
        "gzip data ends early");
  std::string damaged = Gzip("some words that are long enough to be damaged in their middle");
  damaged[20] = static_cast<char>(~damaged[20]);
  CHECK(ReadFile(folder.Write("damaged.gz", damaged)).error().code == ErrorCode::kBadInput);
  CHECK(ReadFile(folder.Write("large", std::string(1000, 'x')), 999).error().code == ErrorCode::kTooLarge);
  CHECK(ReadFile(folder.Write("bomb.gz", Gzip(std::string(10000000, 'x'))), 1000).error().code == ErrorCode::kTooLarge);
}

TEST_CASE("lines come with numbers, and one that is too long loses no other") {
  LineReader reader(ReaderOver("one\r\ntwo\n" + std::string(200000, 'x') + "\n\nlast"), 1000);
  CHECK(**reader.Next() == "one");
  CHECK(**reader.Next() == "two");
  const auto skipped = reader.Next();
  REQUIRE_FALSE(skipped);
  CHECK(skipped.error().code == ErrorCode::kTooLarge);
  CHECK(skipped.error().place.line == 3);
  CHECK((*reader.Next())->empty());
  CHECK(**reader.Next() == "last");
  CHECK(reader.line_number() == 5);
  CHECK(*reader.Next() == nullptr);
}

TEST_CASE("folders are listed in the order of names, without hidden files") {
  TemporaryFolder folder;
  const std::string b = folder.Write("b.txt", "x");
  const std::string inner = folder.Write("a/z.txt", "x");
  folder.Write(".git/config", "x");
  folder.Write(".hidden", "x");
  CHECK(ListFiles(folder.path()).value().files == std::vector<std::string>{inner, b});
  CHECK(ListFiles(b).value().files == std::vector<std::string>{b});
  CHECK(ListFiles(folder.File("none")).error().code == ErrorCode::kNotFound);
}

TEST_CASE("a folder that cannot be read is named and hides no other") {
  TemporaryFolder folder;
  const std::string before = folder.Write("a/x.txt", "x");
  const std::string after = folder.Write("z/x.txt", "x");
  const std::string deep = sitgraph::test::MakeUnreadableFolder(folder.File("m"));
  const auto list = ListFiles(folder.path());
  REQUIRE(list);
  CHECK(list->files == std::vector<std::string>{before, after});
  REQUIRE(list->unlisted.size() == 1);
  CHECK(list->unlisted[0].code == ErrorCode::kUnreadable);
  CHECK(list->unlisted[0].place.file == deep);
}

TEST_CASE("a file appears whole or not at all") {
  TemporaryFolder folder;
  const std::string path = folder.Write("out.txt", "before");
  SECTION("dropped without a commit") {
    {
      auto file = AtomicFile::Create(path);
      REQUIRE(file);
      REQUIRE(file->Write("half"));
    }
    CHECK(ReadFile(path).value() == "before");
    CHECK(ListFiles(folder.path()).value().files.size() == 1);
  }
  SECTION("committed") {
    auto file = AtomicFile::Create(path);
    REQUIRE(file);
    REQUIRE(file->Write("after"));
    REQUIRE(file->Commit());
    CHECK(ReadFile(path).value() == "after");
    CHECK(ListFiles(folder.path()).value().files.size() == 1);
  }
  SECTION("a full device is an error") {
    auto file = AtomicFile::Create("/dev/full");
    REQUIRE(file);
    CHECK((!file->Write(std::string(1 << 20, 'x')) || !file->Commit()));
    struct stat info {};
    REQUIRE(::stat("/dev/full", &info) == 0);
    CHECK(S_ISCHR(info.st_mode));
  }
  SECTION("through a symbolic link") {
    std::filesystem::create_symlink(path, folder.File("link"));
    auto file = AtomicFile::Create(folder.File("link"));
    REQUIRE(file);
    REQUIRE(file->Write("linked"));
    REQUIRE(file->Commit());
    CHECK(std::filesystem::is_symlink(folder.File("link")));
    CHECK(ReadFile(path).value() == "linked");
  }
  SECTION("into a folder that is not there") {
    CHECK(AtomicFile::Create(folder.File("no/out")).error().code == ErrorCode::kNotFound);
  }
}
