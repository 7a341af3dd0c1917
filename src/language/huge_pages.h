// Memory for large tables that are read at random: the kernel is asked for large pages, which spares most of the
// processor's address look-ups.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <new>

namespace sitgraph::language {

template <typename T>
struct HugePages {
  using value_type = T;
  HugePages() = default;
  template <typename U>
  constexpr HugePages(const HugePages<U>&) {}

  T* allocate(size_t count) {
    const size_t alignment = count * sizeof(T) < kPage ? kLine : kPage;
    const size_t size = (count * sizeof(T) + alignment - 1) / alignment * alignment;
    void* memory = std::aligned_alloc(alignment, size);
    if (memory == nullptr) throw std::bad_alloc();
    if (alignment == kPage) madvise(memory, size, MADV_HUGEPAGE);  // only advice: it may fail
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, size_t) { std::free(memory); }
  friend bool operator==(const HugePages&, const HugePages&) { return true; }

 private:
  static constexpr size_t kLine = 64;  // a cache line
  static constexpr size_t kPage = size_t{1} << 21;
};

}  // namespace sitgraph::language
