#include "graph/iri.h"

namespace sitgraph::graph {
namespace {

constexpr auto kNone = std::string_view::npos;

// The five parts, each with its delimiter ("//authority", "?query", "#fragment"), empty where absent.
struct Parts {
  std::string_view scheme, authority, path, query, fragment;
};

size_t SchemeLength(std::string_view iri) {
  const auto is_alpha = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (iri.empty() || !is_alpha(iri[0])) return 0;
  for (size_t i = 1; i < iri.size(); ++i) {
    const char c = iri[i];
    if (c == ':') return i + 1;
    if (!is_alpha(c) && !(c >= '0' && c <= '9') && c != '+' && c != '-' && c != '.') return 0;
  }
  return 0;
}

Parts Split(std::string_view iri) {
  Parts parts;
  const auto take = [&](size_t length) {
    const std::string_view front = iri.substr(0, length);
    iri.remove_prefix(front.size());
    return front;
  };
  parts.scheme = take(SchemeLength(iri));
  if (iri.substr(0, 2) == "//") {
    const size_t end = iri.find_first_of("/?#", 2);
    parts.authority = take(end);
  }
  parts.path = take(iri.find_first_of("?#"));
  if (!iri.empty() && iri[0] == '?') parts.query = take(iri.find('#'));
  parts.fragment = iri;
  return parts;
}

// Section 5.2.4: "." and ".." taken out of a path.
std::string RemoveDotSegments(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    if (path.substr(0, 3) == "../") {
      path.remove_prefix(3);
    } else if (path.substr(0, 2) == "./") {
      path.remove_prefix(2);
    } else if (path.substr(0, 3) == "/./") {
      path.remove_prefix(2);
    } else if (path == "/.") {
      path = "/";
    } else if (path.substr(0, 4) == "/../" || path == "/..") {
      path = path == "/.." ? std::string_view("/") : path.substr(3);
      const size_t slash = out.rfind('/');
      out.resize(slash == kNone ? 0 : slash);
    } else if (path == "." || path == "..") {
      path = {};
    } else {
      const size_t end = path.find('/', 1);
      out += path.substr(0, end);
      path.remove_prefix(end == kNone ? path.size() : end);
    }
  }
  return out;
}

// Section 5.2.3: a relative path instead of the base's last segment.
std::string Merge(const Parts& base, std::string_view path) {
  if (!base.authority.empty() && base.path.empty()) return "/" + std::string(path);
  const size_t slash = base.path.rfind('/');
  std::string merged(slash == kNone ? std::string_view() : base.path.substr(0, slash + 1));
  merged += path;
  return merged;
}

}  // namespace

bool IsAbsoluteIri(std::string_view reference) { return SchemeLength(reference) > 0; }

std::string ResolveIri(std::string_view base, std::string_view reference) {
  if (IsAbsoluteIri(reference)) return std::string(reference);
  const Parts from = Split(base);
  const Parts to = Split(reference);
  std::string out(from.scheme);
  if (!to.authority.empty()) {
    out += to.authority;
    out += RemoveDotSegments(to.path);
    out += to.query;
  } else {
    out += from.authority;
    if (to.path.empty()) {
      out += from.path;
      out += to.query.empty() ? from.query : to.query;
    } else {
      out += RemoveDotSegments(to.path[0] == '/' ? std::string(to.path) : Merge(from, to.path));
      out += to.query;
    }
  }
  out += to.fragment;
  return out;
}

}  // namespace sitgraph::graph
