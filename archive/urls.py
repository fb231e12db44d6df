"""Addresses of the site; records answer for everything that no other room has taken."""

from django.contrib import admin
from django.urls import path, re_path

from archive import login
from archive.harvest import oai, sitemaps
from archive.pages import (
    api,
    ark,
    cards,
    changes,
    compare,
    data,
    days,
    embed,
    home,
    ids,
    lexicon,
    lists,
    offices,
    phrases,
    pictures,
    preview,
    promises,
    records,
    search,
    shelf,
    styleguide,
    timemaps,
    unapi,
    verify,
    years,
)

urlpatterns = [
    # the archive
    path("", home.home, name="home"),
    path("about/", home.about, name="about"),
    path("data/", data.data, name="data"),
    path("data/codebook/", data.codebook, name="codebook"),
    path("data/releases/<int:number>/", data.release, name="release"),
    path("data/releases/<int:number>/<str:name>", data.release_file, name="release_file"),
    path("api/", api.api, name="api"),
    path("api/openapi.json", api.openapi, name="openapi"),
    path("api/schema.json", api.schema, name="schema"),
    path("api/exchange.json", api.exchange, name="exchange"),
    path("promises/", promises.promises, name="promises"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    # lists
    path("dialogues/", lists.dialogues, name="dialogues"),
    path("meetings/", lists.meetings, name="meetings"),
    path("statements/", lists.statements, name="statements"),
    path("commitments/", lists.commitments, name="commitments"),
    path("ministers/", lists.ministers, name="ministers"),
    path("countries/", lists.countries, name="countries"),
    path("topics/", lists.topics, name="topics"),
    path("offices/", offices.offices, name="offices"),
    path("years/", years.years, name="years"),
    path("years/<int:number>/", years.year, name="year"),
    path("search/", search.search, name="search"),
    # pictures
    path("pictures/", pictures.index, name="pictures"),
    path("pictures/wall/", pictures.wall, name="wall"),
    path("pictures/series/", pictures.series, name="series"),
    path("pictures/series/<slug:dialogue>/<slug:code>/", pictures.strip, name="strip"),
    path("pictures/topics/", pictures.topics, name="topics_through_time"),
    path("pictures/hosts/", pictures.hosts, name="hosts"),
    path("pictures/meets/", pictures.meets, name="meets"),
    path("pictures/meets/<slug:code>/", pictures.member, name="member"),
    path("pictures/meets/<slug:code>/<slug:other>/", pictures.pair, name="pair"),
    path("years/<str:text>/", years.decade, name="decade"),
    path("on-this-day/", days.on_this_day, name="on_this_day"),
    path("on-this-day/<str:day>/", days.on_day, name="on_day"),
    # permanent ids
    path("id/", ids.find, name="find"),
    path("id/<path:reference>", ids.identifier, name="id"),
    re_path(r"^ark:/?(?P<naan>[0-9A-Za-z-]+)/(?P<reference>.+)$", ark.ark, name="ark"),
    # what machines read
    path("unapi", unapi.unapi, name="unapi"),
    path("card/<path:name>", cards.card, name="card"),
    # harvesters
    path("changes/", changes.changes, name="changes"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-pages.xml", sitemaps.pages, name="sitemap_pages"),
    path("sitemap-<int:number>.xml", sitemaps.records, name="sitemap_records"),
    path("oai", oai.oai, name="oai"),
    path("oai/dialogues.xsd", oai.record_schema, name="record_schema"),
    # other times
    path("timegate/<path:address>", timemaps.timegate, name="timegate"),
    path("timemap/<path:address>", timemaps.timemap, name="timemap"),
    # what is cited, held against the record
    path("compare/", compare.compare, name="compare"),
    path("verify/", verify.verify, name="verify"),
    path("verify/citations/", verify.citations, name="citations"),
    path("verify/receipts/<slug:key>/", verify.receipt, name="receipt"),
    re_path(r"^verify/(?P<sha256>[0-9A-Fa-f]{64})/$", verify.digest, name="digest"),
    # collected by readers
    path("shelf/", shelf.shelf, name="shelf"),
    path("shelf/<slug:key>/", shelf.kept, name="kept_shelf"),
    # language through time
    path("lexicon/", lexicon.lexicon, name="lexicon"),
    path("phrases/", phrases.phrases, name="phrases"),
    # on other sites
    path("embed/<path:reference>", embed.embed, name="embed"),
    path("oembed", embed.oembed, name="oembed"),
    # editors
    path("admin/login/", login.login),
    path("admin/", admin.site.urls),
    path("preview/<slug:value>/", preview.preview, name="preview"),
    # records
    re_path(r"^(?P<text>.+)$", records.record, name="record"),
]

handler400 = "archive.pages.errors.bad_request"
handler403 = "archive.pages.errors.forbidden"
handler404 = "archive.pages.errors.not_found"
