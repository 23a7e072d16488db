"""Loads the translations of the screens and of Qt's own buttons."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from window_app import paths

SOURCE_LANGUAGE = "en"


def speak(application: QCoreApplication, language: str) -> bool:
    """Let the application speak a language; answers whether its translation was found."""
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.deleteLater()
    own = QTranslator(application)
    found = own.load(str(paths.resources_dir() / "locale" / language / "window_app.qm"))
    if found:
        application.installTranslator(own)
    qt = QTranslator(application)
    if qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(qt)
    return found
