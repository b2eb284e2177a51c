"""The terms of the Algemene wet bestuursrecht (Awb) under one name, in the order of the law; the rules live in their
own modules."""

from loket.engines.termijnen.aanvragen import beslistermijn as beslistermijn
from loket.engines.termijnen.bezwaar import beslissing_op_administratief_beroep as beslissing_op_administratief_beroep
from loket.engines.termijnen.bezwaar import beslissing_op_bezwaar as beslissing_op_bezwaar
from loket.engines.termijnen.bezwaar import bezwaartermijn as bezwaartermijn
from loket.engines.termijnen.doorzending import doorzending as doorzending
from loket.engines.termijnen.dwangsom import dwangsom as dwangsom
from loket.engines.termijnen.klachten import klacht as klacht
from loket.engines.termijnen.klachten import klacht_niet_in_behandeling as klacht_niet_in_behandeling
