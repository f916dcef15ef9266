"""Everything that encrypts: key ring, data keys, sealed fields and files, blind index.

Nothing outside this package touches a key or a ciphertext. The rest of the app
uses `SealedDocument` (crypto.document), `blind_index` and the file functions of
crypto.files.
"""

from sv_helpdesk.crypto.blind_index import blind_index

__all__ = ["blind_index"]
