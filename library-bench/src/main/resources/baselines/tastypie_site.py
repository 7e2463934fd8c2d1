"""Serves synthetic resources with Django and Tastypie, in the form of the existing sites (API v1).

Usage: tastypie_site.py DATABASE CONTENT KEY

Creates the SQLite database from the content, which has one resource in the import format on each line. Then serves it on a free port
of this machine, and prints the address. The only user is "reader", with the given key.
"""

import json
import sys

import django.db.models.sql
import django.urls
import django.utils
import django.utils.encoding
import six
import six.moves.urllib.parse

# Debian's Tastypie is older than its Django. It imports these names, which Django no longer has.
sys.modules["django.core.urlresolvers"] = django.urls
django.utils.six = six
for name in ("six", "six.moves", "six.moves.urllib", "six.moves.urllib.parse"):
    sys.modules["django.utils." + name] = sys.modules[name]
django.utils.encoding.python_2_unicode_compatible = lambda model: model
django.db.models.sql.constants.QUERY_TERMS = django.db.models.sql.Query.query_terms = {"exact", "gte", "lte"}

from django.conf import settings

DATABASE, CONTENT, KEY = sys.argv[1:4]
LANGUAGES = ("en", "es", "pt_br")

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATABASE, "CONN_MAX_AGE": None}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    INSTALLED_APPS=[],
    LANGUAGE_CODE="en",
    MIDDLEWARE=[],
    ROOT_URLCONF=__name__,
    SECRET_KEY="only for benchmarks",
    TASTYPIE_DEFAULT_FORMATS=["json"],
    USE_TZ=False,
)
django.setup()

from django.core.wsgi import get_wsgi_application
from django.db import connection, models, transaction

models.Field.rel = property(lambda field: field.remote_field)


def translated(field, **options):
    return {language: field(**options) for language in LANGUAGES}


def model(name, fields, order):
    meta = type("Meta", (), {"app_label": "site", "ordering": [order]})
    return type(name, (models.Model,), dict(fields, Meta=meta, __module__=__name__))


def named(prefix, fields):
    return {prefix + "_" + language: field for language, field in fields.items()}


User = model("User", {"name": models.CharField(max_length=100, unique=True), "key": models.CharField(max_length=100)}, "id")
Category = model("Category", {"name": models.CharField(max_length=100, unique=True)}, "id")
Tag = model(
    "Tag",
    {
        "category": models.ForeignKey(Category, on_delete=models.CASCADE),
        "name": models.CharField(max_length=100, unique=True),
        "published": models.BooleanField(default=True),
    },
    "id",
)
Resource = model(
    "Resource",
    {
        "guid": models.CharField(max_length=36, unique=True),
        "slug": models.CharField(max_length=100, db_index=True),
        "title": models.CharField(max_length=200, db_index=True),
        "description": models.TextField(),
        **named("title", translated(models.CharField, max_length=200, default="")),
        **named("description", translated(models.TextField, default="")),
        **named("attribution", translated(models.TextField, null=True)),
        "attribution": models.TextField(null=True),
        "born_on": models.DateTimeField(null=True),
        "create_date": models.DateTimeField(),
        "update_date": models.DateTimeField(db_index=True),
        "status": models.CharField(max_length=20, db_index=True),
        "source_name": models.CharField(max_length=200, null=True),
        "source_host": models.CharField(max_length=200, null=True),
        "study_time_number": models.IntegerField(default=0),
        "study_time_unit": models.CharField(max_length=10, null=True),
    },
    "title",
)
Link = model(
    "Link",
    {
        "resource": models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="links"),
        "guid": models.CharField(max_length=36, db_index=True),
        "url": models.CharField(max_length=500),
        "title": models.CharField(max_length=200),
        "description": models.TextField(default=""),
        **named("title", translated(models.CharField, max_length=200, default="")),
        **named("description", translated(models.TextField, default="")),
        "file_size": models.IntegerField(default=0),
        "order_by": models.IntegerField(default=0),
    },
    "order_by",
)
Tagging = model(
    "Tagging",
    {
        "resource": models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="taggings"),
        "tag": models.ForeignKey(Tag, on_delete=models.CASCADE),
        "create_date": models.DateTimeField(),
    },
    "id",
)


def fill():
    import datetime

    with connection.schema_editor() as schema:
        for each in (User, Category, Tag, Resource, Link, Tagging):
            schema.create_model(each)
    User.objects.create(name="reader", key=KEY)
    begin = datetime.datetime(2020, 1, 1)
    categories, tags = {}, {}
    batch = []

    def tag_of(word):
        if word["name"] not in tags:
            category = word["category"]
            if category not in categories:
                categories[category] = Category.objects.create(name=category)
            tags[word["name"]] = Tag.objects.create(name=word["name"], category=categories[category])
        return tags[word["name"]]

    def save():
        links, taggings = [], []
        Resource.objects.bulk_create([resource for resource, _ in batch])
        for resource, row in batch:
            for place, link in enumerate(row["urls"]):
                links.append(Link(resource=resource, guid=link["guid"], url=link["url"], title=link["title_en"],
                                  title_en=link["title_en"], order_by=place))
            seen = set()
            for tagging in row["tags"]:
                tag = tag_of(tagging["tag"])
                if tag.id not in seen:
                    seen.add(tag.id)
                    taggings.append(Tagging(resource=resource, tag=tag, create_date=resource.create_date))
        Link.objects.bulk_create(links)
        Tagging.objects.bulk_create(taggings)
        batch.clear()

    with transaction.atomic(), open(CONTENT, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            row = json.loads(line)
            at = begin + datetime.timedelta(seconds=number)
            batch.append((Resource(id=number, guid=row["guid"], slug="resource-%d" % number, title=row["title_en"],
                                   title_en=row["title_en"], description=row["description_en"],
                                   description_en=row["description_en"], create_date=at, update_date=at, status="approved"),
                          row))
            if len(batch) == 500:
                save()
        save()


fill()

from django.urls import include, re_path
from tastypie import fields
from tastypie.api import Api
from tastypie.authentication import Authentication
from tastypie.authorization import ReadOnlyAuthorization
from tastypie.resources import ModelResource


class KeyAuthentication(Authentication):
    """Looks up the user and the key, as the ApiKeyAuthentication of Tastypie does."""

    def is_authenticated(self, request, **kwargs):
        kind, _, credentials = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        name, _, key = credentials.partition(":")
        if kind.lower() != "apikey":
            name, key = request.GET.get("username", ""), request.GET.get("api_key", "")
        return User.objects.filter(name=name, key=key).exists()

    def get_identifier(self, request):
        return request.META.get("HTTP_AUTHORIZATION", "")


class Served(ModelResource):
    """What all kinds of objects share."""

    class Meta:
        authentication = KeyAuthentication()
        authorization = ReadOnlyAuthorization()
        allowed_methods = ["get"]
        include_resource_uri = True
        max_limit = 1000


class TagServed(Served):
    class Meta(Served.Meta):
        queryset = Tag.objects.select_related("category")
        resource_name = "tag"

    def dehydrate(self, bundle):
        tag = bundle.obj
        bundle.data.update(category=tag.category.name, category_en=tag.category.name, name_en=tag.name, image=None,
                           description=None, summary=None, url=bundle.request.build_absolute_uri("/tag/view/%d" % tag.id))
        for language in LANGUAGES:
            bundle.data["description_" + language] = bundle.data["summary_" + language] = None
        for language in LANGUAGES[1:]:
            bundle.data["category_" + language] = bundle.data["name_" + language] = None
        return bundle


class TaggingServed(Served):
    tag = fields.ForeignKey(TagServed, "tag", full=True)

    class Meta(Served.Meta):
        queryset = Tagging.objects.select_related("tag__category")
        resource_name = "resourcetag"


class LinkServed(Served):
    class Meta(Served.Meta):
        queryset = Link.objects.all()
        resource_name = "resourceurl"


class ResourceServed(Served):
    urls = fields.ToManyField(LinkServed, "links", full=True, use_in="detail")
    tags = fields.ToManyField(
        TaggingServed, lambda bundle: bundle.obj.taggings.select_related("tag__category"), full=True, use_in="detail")

    class Meta(Served.Meta):
        queryset = Resource.objects.filter(status="approved")
        resource_name = "resource"
        ordering = ["update_date"]
        filtering = {"update_date": ["gte", "lte"], "status": ["exact"]}

    def dehydrate(self, bundle):
        address = bundle.request.build_absolute_uri("/resource/view/" + bundle.obj.slug)
        bundle.data.update(url=address, source_url=address, image=None, languages=["en"])
        if "urls" in bundle.data:
            bundle.data["files"] = []
        return bundle


api = Api(api_name="v1")
for served in (ResourceServed(), TagServed(), TaggingServed(), LinkServed()):
    api.register(served)
urlpatterns = [re_path(r"^api/", include(api.urls))]

if __name__ == "__main__":
    from waitress import create_server

    server = create_server(get_wsgi_application(), listen="127.0.0.1:0", threads=4, ident=None)
    print("Serving at http://127.0.0.1:%s" % server.effective_port, flush=True)
    server.run()
