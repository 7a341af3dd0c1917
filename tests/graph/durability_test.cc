// A writer that is killed at any moment leaves each of its transactions whole or absent. The writer is this program,
// started again for the hidden test case below.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <set>
#include <string>
#include <thread>

#include "graph/folder_lock.h"
#include "graph/store.h"
#include "tests/graph/graph_testing.h"

namespace sitgraph::graph {
namespace {

using testing::All;
using testing::CheckIsClean;
using testing::Ex;
using testing::Ok;
using testing::OpenNew;
using testing::OpenReadOnly;
using testing::Q;
using testing::ScratchFolder;
using testing::T;
using testing::Value;

constexpr char kFolderVariable[] = "SITGRAPH_TEST_GRAPH";
constexpr int kReportDescriptor = 9;  // the writer reports committed numbers here

std::string Numbered(const char* name, int64_t n) { return name + std::to_string(n); }

// Transaction `n` makes of the state after n - 1 the state that StateAfter(n) tells.
void Fill(Transaction& transaction, int64_t n) {
  Ok(transaction.RemoveGraph(Ex(Numbered("g", n - 2))));
  for (int i = 0; i < 5; ++i) Ok(transaction.Add(Q(Numbered("s", n), "p", Numbered("o", i), Numbered("g", n))));
  Ok(transaction.Unshare(Ex(Numbered("report", n - 3))));
  Ok(transaction.Share(Ex(Numbered("report", n)), T("all", "p", "share")));
  Ok(transaction.Share(Ex(Numbered("report", n)), T("some", "share", Numbered("o", n))));
  Ok(transaction.Remove({Ex("s"), Ex("count"), Term::Integer(n - 1), Term()}));
  Ok(transaction.Add({Ex("s"), Ex("count"), Term::Integer(n), Term()}));
  Ok(transaction.PutRecord("last", std::to_string(n)));
}

std::set<Quad> StateAfter(int64_t n) {
  std::set<Quad> quads;
  if (n == 0) return quads;
  for (int64_t m = std::max<int64_t>(1, n - 1); m <= n; ++m) {
    for (int i = 0; i < 5; ++i) quads.insert(Q(Numbered("s", m), "p", Numbered("o", i), Numbered("g", m)));
  }
  quads.insert(Q("all", "p", "share"));
  for (int64_t m = std::max<int64_t>(1, n - 2); m <= n; ++m) quads.insert(Q("some", "share", Numbered("o", m)));
  quads.insert({Ex("s"), Ex("count"), Term::Integer(n), Term()});
  return quads;
}

int64_t LastOf(const Store& store) {
  const auto last = Value(store.TakeSnapshot()->GetRecord("last"));
  return last ? std::stoll(*last) : 0;
}

void CheckState(const Store& store, int64_t at_least) {
  const int64_t last = LastOf(store);
  CHECK(last >= at_least);
  CHECK(All(store) == StateAfter(last));
  CheckIsClean(store);
}

TEST_CASE("writer that waits to be killed", "[.writer]") {
  const char* folder = std::getenv(kFolderVariable);
  if (folder == nullptr) return;
  const auto store = OpenNew(folder);
  for (int64_t n = LastOf(*store) + 1;; ++n) {
    const auto transaction = store->Begin();
    Fill(*transaction, n);
    Ok(transaction->Commit());
    if (n % 7 == 0) Ok(store->Compact());  // flushes, rewrites files, drops terms
    if (write(kReportDescriptor, &n, sizeof(n)) != sizeof(n)) return;
  }
}

class Writer {
 public:
  explicit Writer(const std::string& folder) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    setenv(kFolderVariable, folder.c_str(), 1);
    pid_ = fork();
    REQUIRE(pid_ >= 0);
    if (pid_ == 0) {
      dup2(ends[1], kReportDescriptor);
      close(ends[0]);
      execl("/proc/self/exe", "test_graph", "[.writer]", nullptr);
      _exit(127);
    }
    close(ends[1]);
    reports_ = ends[0];
  }
  ~Writer() {
    if (pid_ > 0) Kill();
  }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // Waits for the next report; 0 where the writer is gone.
  int64_t NextReport() const {
    int64_t n = 0;
    return read(reports_, &n, sizeof(n)) == sizeof(n) ? n : 0;
  }
  // The last number it reported, or 0.
  int64_t Kill() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = 0;
    int64_t last = 0;
    while (const int64_t n = NextReport()) last = n;
    close(reports_);
    return last;
  }

 private:
  pid_t pid_ = 0;
  int reports_ = -1;
};

TEST_CASE("a writer killed at any moment leaves whole transactions") {
  const ScratchFolder scratch;
  const std::string folder = scratch / "graph";
  std::mt19937_64 random(20);
  int64_t reached = 0;
  for (int round = 0; round < 20; ++round) {
    INFO("round " << round);
    Writer writer(folder);
    // Now and then before it has even opened the graph.
    if (round % 4 != 0) reached = std::max(reached, writer.NextReport());
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 20'000));
    reached = std::max(reached, writer.Kill());
    const auto store = OpenNew(folder);
    CheckState(*store, reached);
    reached = LastOf(*store);
  }
  CHECK(reached > 20);
}

TEST_CASE("readers see whole transactions while another process writes") {
  const ScratchFolder scratch;
  const std::string folder = scratch / "graph";
  Writer writer(folder);
  int64_t reported = 0;
  for (int round = 0; round < 10; ++round) {
    reported = std::max(reported, writer.NextReport());
    REQUIRE(reported > 0);
    CheckState(*OpenReadOnly(folder), reported);
    const auto second_writer = Store::Open(folder);
    REQUIRE(!second_writer);
    CHECK(second_writer.error().code == base::ErrorCode::kConflict);
  }
}

std::set<std::string> FilesOf(const std::string& folder) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) names.insert(entry.path().filename().string());
  return names;
}

void WriteTwice(Store& store, int64_t n) {
  for (int64_t m : {n, n + 1}) {
    const auto transaction = store.Begin();
    Fill(*transaction, m);
    Ok(transaction->Commit());
    Ok(store.Compact());
  }
}

TEST_CASE("a writer removes no file while a reader opens the graph, and makes up for it afterwards") {
  const ScratchFolder scratch;
  const std::string folder = scratch / "graph";
  auto store = OpenNew(folder);
  WriteTwice(*store, 1);
  FolderLock opening(folder);
  REQUIRE(opening.TryAcquire(FolderLock::Mode::kShared));
  const std::set<std::string> before = FilesOf(folder);
  WriteTwice(*store, 3);
  const std::set<std::string> meanwhile = FilesOf(folder);
  CHECK(std::includes(meanwhile.begin(), meanwhile.end(), before.begin(), before.end()));
  CheckState(*OpenReadOnly(folder), 4);  // another reader does not wait
  opening.Release();
  WriteTwice(*store, 5);
  CHECK(FilesOf(folder).size() < meanwhile.size());
  CheckState(*store, 6);

  REQUIRE(opening.TryAcquire(FolderLock::Mode::kShared));
  WriteTwice(*store, 7);
  store.reset();  // what waits now waits for the next writer
  const size_t left = FilesOf(folder).size();
  opening.Release();
  store = OpenNew(folder);
  CHECK(FilesOf(folder).size() < left);
  CheckState(*store, 8);
}

TEST_CASE("a reader keeps its state, and can check it, after a writer has replaced every file") {
  const ScratchFolder scratch;
  const std::string folder = scratch / "graph";
  const auto store = OpenNew(folder);
  WriteTwice(*store, 1);
  const auto reader = OpenReadOnly(folder);
  WriteTwice(*store, 3);
  CHECK(All(*reader) == StateAfter(2));
  CheckIsClean(*reader);
}

TEST_CASE("a folder's lock is shared by readers and refused to others, who wait no longer than they want") {
  const ScratchFolder scratch;
  FolderLock first(scratch / ""), second(scratch / ""), third(scratch / "");
  CHECK(first.TryAcquire(FolderLock::Mode::kShared));
  CHECK(second.TryAcquire(FolderLock::Mode::kShared));
  CHECK(!third.TryAcquire(FolderLock::Mode::kExclusive));
  const auto refused = third.Acquire(FolderLock::Mode::kExclusive, std::chrono::milliseconds(5));
  REQUIRE(!refused);
  CHECK(refused.error().code == base::ErrorCode::kConflict);
  first.Release();
  second.Release();
  CHECK(third.TryAcquire(FolderLock::Mode::kExclusive));
  CHECK(!first.TryAcquire(FolderLock::Mode::kShared));
  const auto missing = FolderLock(scratch / "none").Acquire(FolderLock::Mode::kShared, std::chrono::milliseconds(0));
  REQUIRE(!missing);
  CHECK(missing.error().code == base::ErrorCode::kUnreadable);
}

}  // namespace
}  // namespace sitgraph::graph
