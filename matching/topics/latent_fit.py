"""How a lens is made of past texts. Heavy: belongs into a process of its own."""

import math

import numpy as np
from scipy.sparse import csr_array, diags_array

from matching.topics.latent import BLIND, DIMENSIONS, Lens
from matching.topics.similar_texts import Corpus

SPARE, ROUNDS = 10, 2
SEEN_IN, FEWEST_TEXTS = 2, 200


def learn_lens(corpus: Corpus) -> Lens:
    """The lens of all texts of a corpus, the same for the same texts; BLIND below two hundred of them.

    A randomised singular value decomposition (Halko, Martinsson and Tropp 2011) of the tf-idf matrix whose
    rows are texts of length one.
    """
    said, where, weights, norms = corpus.written
    count = len(norms)
    kept = [at for at, texts in enumerate(where) if len(texts) >= SEEN_IN]
    if count < FEWEST_TEXTS or len(kept) <= DIMENSIONS + SPARE:
        return BLIND
    rarities = np.array([math.log((1 + count) / (1 + len(where[at]))) + 1 for at in kept])
    words = np.repeat(np.arange(len(kept)), [len(where[at]) for at in kept])
    cells = np.concatenate([weights[at] for at in kept]) * rarities[words]
    matrix = csr_array((cells, (np.concatenate([where[at] for at in kept]), words)), (count, len(kept)))
    lengths = np.sqrt(matrix.multiply(matrix).sum(axis=1))
    matrix = diags_array(1 / np.maximum(lengths, 1e-9)) @ matrix
    basis = np.random.default_rng(0).standard_normal((len(kept), DIMENSIONS + SPARE))
    for _ in range(ROUNDS + 1):
        basis = matrix.T @ np.linalg.qr(matrix @ basis)[0]
    directions = np.linalg.svd(basis, full_matrices=False)[0][:, :DIMENSIONS]
    rows = (directions * rarities[:, None]).astype(np.float32)
    return Lens({said[at]: row for row, at in enumerate(kept)}, rows)
