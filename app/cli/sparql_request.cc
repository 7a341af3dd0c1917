#include "app/cli/sparql_request.h"

#include <fmt/format.h>

#include "app/cli/interrupt.h"
#include "base/file.h"

namespace sitgraph::cli {
namespace {

constexpr uint64_t kMaxBytes = uint64_t{8} << 20;

}  // namespace

void AddRequest(CLI::App& command, const std::string& kind, SparqlRequest& request) {
  command.add_option(kind == "update" ? "UPDATE" : "QUERY", request.text, "The " + kind);
  AddGraphOption(command, request.graph);
  command.add_option("-f,--file", request.file, "Read the " + kind + " from a file (- for standard input)")
      ->type_name("FILE");
}

void AddLimits(CLI::App& command, SparqlRequest& request) {
  command.add_option("--timeout", request.seconds, "Give up after so many seconds")->type_name("SECONDS");
  command.add_option("--memory", request.megabytes, "Give up where more MiB are needed")
      ->type_name("MIB")
      ->capture_default_str()
      ->check(CLI::Range(uint64_t{1}, uint64_t{1} << 24));
}

base::Result<std::string> TextOf(const SparqlRequest& request, const std::string& kind) {
  if (request.text.empty() == request.file.empty()) {
    return base::Fail(base::ErrorCode::kUsage, "give the text of the " + kind + ", or a file with it (--file)");
  }
  return request.file.empty() ? base::Result<std::string>(request.text) : base::ReadFile(request.file, kMaxBytes);
}

queries::sparql::Limits LimitsOf(const SparqlRequest& request) {
  queries::sparql::Limits limits;
  limits.time = std::chrono::seconds(request.seconds);
  limits.bytes = request.megabytes << 20;
  limits.cancelled = &Interrupted();
  return limits;
}

Exit ReportError(const SparqlRequest& request, const std::string& text, base::Error error) {
  if (error.place.line == 0 || !error.place.file.empty()) return Report(error);
  error.place.file = request.file;
  fmt::print(stderr, "{}\n", base::ToStringWithCaret(error, text));
  return Exit::kFailed;
}

void ReportWarnings(const SparqlRequest& request, const std::string& text, const std::vector<base::Error>& warnings) {
  for (base::Error warning : warnings) {
    warning.message = "warning: " + warning.message;
    ReportError(request, text, std::move(warning));
  }
}

}  // namespace sitgraph::cli
