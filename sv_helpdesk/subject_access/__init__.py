"""What people may ask about their own data (GDPR art. 12-21): found, prepared, released by a second person, handed out.

A request belongs to a desk and finds that desk's cases alone (R3). Each answer is about what its handler may see;
where somebody else at the desk may see more, they get a request of their own from the start (sharing_out.py). So
nobody learns from a request that something is kept from them (R6), and the person loses nothing by it: every
answer says that colleagues answer apart, whether there are any or not.
"""
