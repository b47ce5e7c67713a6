"""Many packages: an inbox goes in; a folder a package and a ledger come out.

`job.py` is the one function that runs everywhere; `executors.py` says where (in this process, in a pool of processes, on a cluster);
`run.py` drives it; `store.py` holds what is finished, so that a killed run goes on where it was.
"""
