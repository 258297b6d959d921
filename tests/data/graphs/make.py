import json, random, networkx as nx
from networkx.algorithms.link_analysis.pagerank_alg import _pagerank_python as pagerank
def star(n): return nx.star_graph(n-1)
gs = {}
gs["star-5"] = star(5)
gs["mesh-5"] = nx.complete_graph(5)
gs["ring-6"] = nx.cycle_graph(6)
g = nx.Graph([(0,1),(1,2),(0,2),(3,4),(4,5),(3,5),(2,3)]); gs["two-triangles"] = g
gs["tree-15"] = nx.balanced_tree(2,3)
gs["karate-club"] = nx.Graph(list(nx.karate_club_graph().edges()))
gs["barbell-5-3"] = nx.barbell_graph(5,3)
gs["grid-5-4"] = nx.convert_node_labels_to_integers(nx.grid_2d_graph(5,4))
r = random.Random(7)
g = nx.Graph(); g.add_nodes_from(range(40))
while g.number_of_edges() < 60:
    a,b = r.randrange(40), r.randrange(40)
    if a!=b: g.add_edge(a,b)
gs["random-40-60"] = g
g = nx.Graph(); g.add_nodes_from(range(30)); g.add_edge(0,1)
ends=[0,1]
for v in range(2,30):
    for t in sorted({r.choice(ends), r.choice(ends)}):
        g.add_edge(v,t); ends += [v,t]
gs["preferential-30"] = g
def robustness(g):
    h = g.copy(); n = len(g); s = 0
    for _ in range(n):
        v = min(h.nodes, key=lambda v: (-h.degree(v), v)); h.remove_node(v)
        s += max((len(c) for c in nx.connected_components(h)), default=0)/n
    return s/n
out = []
for name, g in gs.items():
    n = g.number_of_nodes()
    comps = sorted((sorted(c) for c in nx.connected_components(g)))
    comp = {v:i for i,c in enumerate(comps) for v in c}
    bt = nx.betweenness_centrality(g); cl = nx.clustering(g); pr = pagerank(g, tol=1e-13, max_iter=1000)
    best = max(nx.community.modularity(g, nx.community.louvain_communities(g, seed=s)) for s in range(50))
    cnm = [sorted(c) for c in nx.community.greedy_modularity_communities(g)]
    d = [dd for _, dd in g.degree()]
    out.append(dict(name=name, nodes=n, edges=[sorted(e) for e in sorted(map(sorted,g.edges()))],
      density=nx.density(g), components=[comp[v] for v in range(n)], cut_points=sorted(nx.articulation_points(g)),
      betweenness=[bt[v] for v in range(n)], clustering=[cl[v] for v in range(n)], page_rank=[pr[v] for v in range(n)],
      degree_centralisation=sum(max(d)-x for x in d)/((n-1)*(n-2)), robustness=robustness(g),
      division=sorted(cnm), division_modularity=nx.community.modularity(g, cnm), best_modularity=best))
def rnd(x):
    if isinstance(x, float): return float(f"{x:.12g}")
    if isinstance(x, list): return [rnd(y) for y in x]
    if isinstance(x, dict): return {k: rnd(v) for k,v in x.items()}
    return x
with open("networkx.json","w") as f:
    f.write("[\n" + ",\n".join(json.dumps(rnd(o), separators=(",",":")) for o in out) + "\n]\n")
