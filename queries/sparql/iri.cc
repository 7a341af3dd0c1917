// RFC 3986, section 5.2, with the strict algorithm; the components are cut as appendix B's expression cuts them.
#include "queries/sparql/iri.h"

#include <optional>

namespace sitgraph::queries::sparql {
namespace {

struct Parts {
  std::optional<std::string_view> scheme, authority, query, fragment;
  std::string_view path;
};

Parts Cut(std::string_view iri) {
  Parts parts;
  size_t colon = iri.find_first_of(":/?#");
  if (colon != std::string_view::npos && colon > 0 && iri[colon] == ':') {
    parts.scheme = iri.substr(0, colon);
    iri.remove_prefix(colon + 1);
  }
  if (size_t hash = iri.find('#'); hash != std::string_view::npos) {
    parts.fragment = iri.substr(hash + 1);
    iri = iri.substr(0, hash);
  }
  if (size_t mark = iri.find('?'); mark != std::string_view::npos) {
    parts.query = iri.substr(mark + 1);
    iri = iri.substr(0, mark);
  }
  if (iri.starts_with("//")) {
    size_t end = iri.find('/', 2);
    if (end == std::string_view::npos) end = iri.size();
    parts.authority = iri.substr(2, end - 2);
    iri.remove_prefix(end);
  }
  parts.path = iri;
  return parts;
}

// Section 5.2.4.
std::string RemoveDotSegments(std::string_view in) {
  std::string out;
  auto drop_last = [&out] {
    size_t slash = out.rfind('/');
    out.resize(slash == std::string::npos ? 0 : slash);
  };
  while (!in.empty()) {
    if (in.starts_with("../")) {
      in.remove_prefix(3);
    } else if (in.starts_with("./") || in.starts_with("/./")) {
      in.remove_prefix(2);
    } else if (in == "/.") {
      in = "/";
    } else if (in.starts_with("/../")) {
      in.remove_prefix(3);
      drop_last();
    } else if (in == "/..") {
      in = "/";
      drop_last();
    } else if (in == "." || in == "..") {
      in = {};
    } else {
      size_t end = in.find('/', 1);
      if (end == std::string_view::npos) end = in.size();
      out.append(in.substr(0, end));
      in.remove_prefix(end);
    }
  }
  return out;
}

std::string Merge(const Parts& base, std::string_view path) {
  if (base.authority && base.path.empty()) return "/" + std::string(path);
  size_t slash = base.path.rfind('/');
  std::string merged(slash == std::string_view::npos ? std::string_view() : base.path.substr(0, slash + 1));
  merged.append(path);
  return merged;
}

}  // namespace

std::string ResolveIri(std::string_view base_iri, std::string_view reference) {
  if (base_iri.empty()) return std::string(reference);
  Parts ref = Cut(reference);
  if (ref.scheme) return std::string(reference);
  Parts base = Cut(base_iri);
  std::string path;
  std::optional<std::string_view> authority = ref.authority, query = ref.query;
  if (ref.authority) {
    path = RemoveDotSegments(ref.path);
  } else {
    authority = base.authority;
    if (ref.path.empty()) {
      path = base.path;
      if (!query) query = base.query;
    } else {
      path = RemoveDotSegments(ref.path.starts_with('/') ? std::string(ref.path) : Merge(base, ref.path));
    }
  }
  std::string out;
  if (base.scheme) out.append(*base.scheme).append(":");
  if (authority) out.append("//").append(*authority);
  out.append(path);
  if (query) out.append("?").append(*query);
  if (ref.fragment) out.append("#").append(*ref.fragment);
  return out;
}

}  // namespace sitgraph::queries::sparql
