#include "src/reports/report.h"

#include "base/hash.h"

namespace sitgraph::reports {

std::string TextSha256(const Report& report) { return base::Sha256Hex(base::CollapseSpace(report.text)); }

}  // namespace sitgraph::reports
