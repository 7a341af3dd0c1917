"""Times queries in pyoxigraph, as bench_queries does here: pyoxigraph_queries.py STORE DATA.nt QUERY.rq...

The store is made from the data where there is none.
"""
import os
import sys
import time

import pyoxigraph

folder, data, queries = sys.argv[1], sys.argv[2], sys.argv[3:]
is_new = not os.path.exists(folder)
store = pyoxigraph.Store(folder)
if is_new:
    start = time.time()
    store.bulk_load(path=data, format=pyoxigraph.RdfFormat.N_TRIPLES)
    store.optimize()
    print(f"load\t{(time.time() - start) * 1000:.0f}", flush=True)
for path in queries:
    with open(path) as file:
        text = file.read()
    best = best_cpu = float("inf")
    for _ in range(3):
        start, cpu = time.time(), time.process_time()
        rows = list(store.query(text))
        best, best_cpu = min(best, time.time() - start), min(best_cpu, time.process_time() - cpu)
    first = str(rows[0][0].value) if rows else ""
    print(f"{os.path.basename(path)[:-3]}\t{best * 1000:.2f}\t{best_cpu * 1000:.2f}\t{len(rows)}\t{first}", flush=True)
