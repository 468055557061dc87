"""All of Streamlit: settings and addresses, cached loaders, and the live components with their front end."""
