"""`loket selectielijst`."""

from pathlib import Path

from tests.assembly.running import loket

from loket.registers.catalogi.selectielijst.lijst import SHIPPED


def test_showing_and_replacing_the_list(tmp_path: Path) -> None:
    eigen = tmp_path / "eigen.json"
    eigen.write_text(
        SHIPPED.read_text().replace("Afgewezen", "Niet toegekend").replace('"bron": "', '"bron": "Proef. ')
    )
    data = tmp_path / "data"
    data.mkdir()
    done = loket("selectielijst", str(eigen), "--data", str(data))
    assert done.returncode == 0, done.stderr
    assert "resultaten: 346\n" in done.stdout
    assert "Proef. Selectielijst gemeenten" in done.stdout
    kapot = tmp_path / "kapot.json"
    kapot.write_text("[]")
    done = loket("selectielijst", str(kapot), "--data", str(data))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"loket: {kapot} is not a selection list")
    assert [each.name for each in data.iterdir()] == ["selectielijst.json"]
