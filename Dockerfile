FROM python:3.11-slim

# Pango and a font make the PDFs.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        fonts-dejavu-core libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --home-dir /data passerelle \
    && install --directory --owner passerelle /data

WORKDIR /app
COPY requirements/run.txt requirements/run.txt
RUN pip install --no-cache-dir --require-hashes --requirement requirements/run.txt
COPY . .
# DEMO=1 is for this one command, which reads no secret: the image itself carries no setting.
RUN python scripts/compile_messages.py && DEMO=1 VAR_ROOT=/tmp/collecting python manage.py collectstatic --no-input

ENV PYTHONUNBUFFERED=1 VAR_ROOT=/data
USER passerelle
VOLUME /data
EXPOSE 8000
CMD ["python", "manage.py", "serve", "--web-only", "--host", "0.0.0.0", "--threads", "16"]
