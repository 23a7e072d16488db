"""The composition root: builds every object once and hands it down."""

from window_app.app.building import STATUTES_FOLDER, build_desk, load_set, paper_samples
from window_app.app.entrance import SAMPLES_WANTED, Entrance, practice_secrets, practice_station, sync_once
from window_app.documents.signers import line_signer_of, signer_of

__all__ = [
    "SAMPLES_WANTED", "STATUTES_FOLDER", "Entrance", "build_desk", "line_signer_of", "load_set", "paper_samples",
    "practice_secrets",
    "practice_station", "signer_of", "sync_once",
]  # fmt: skip
