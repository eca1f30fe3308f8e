"""Draws that anybody can recompute: the algorithm, its statements, and the files they are kept in.

``codes``, ``leaves``, ``tree`` and ``ranks`` are the algorithm; ``statement`` are the commitment and the receipt;
``verify`` checks them. ``entries`` and ``folder`` are the edge: they read and write files. The guide's page
``verifiable-draw`` specifies all of it so that it can be written anew.
"""
