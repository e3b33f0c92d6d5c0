package io.streamz.notebook;

/**
 * What a notebook is shown of a value.
 *
 * @param html for notebooks
 * @param text for whatever shows no HTML
 */
record Content(String html, String text) {}
