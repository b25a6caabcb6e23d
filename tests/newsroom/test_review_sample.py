"""On the sample's own articles and register, the review stays within a record page's budget."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gyoryu import sample
from gyoryu.accounts.models import User
from gyoryu.newsroom.models import Article


@pytest.mark.django_db
def test_every_article_of_the_sample_is_shown_in_fifteen_queries(client):
    list(sample.load(many=False))
    client.force_login(User.objects.get(email="officer@gyoryu.example"))
    asked = {}
    for article in Article.objects.all():
        address = reverse("review-article", args=[article.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked[article.title] = len(queries)
    assert len(asked) == 7
    assert {title: count for title, count in asked.items() if count > 15} == {}
