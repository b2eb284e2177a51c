"""Files: kept under the checksum of their content, never changed; and what comes in from outside is looked at first.

Knows no domain: whose file it is and who may read it stands in the registers. Promises: what `store` gave a checksum
for is on the disk, whole, also after a power cut; what `inspect_upload` let through is what its name says; and
`clean_photo` leaves nothing of a photo but the picture.
"""
